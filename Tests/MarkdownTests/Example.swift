import Markdown
import Testing

/// A text and the HTML it becomes. The `rel` that every outward link has is left out of the tables
/// for the sake of reading; `HTMLChecker` insists on it.
struct Example: Sendable, CustomTestStringConvertible {
    let text: String
    let html: String

    init(_ text: String, _ html: String) {
        self.text = text
        self.html = html
    }

    var testDescription: String { text.debugDescription }

    /// What the text really becomes.
    var rendered: String {
        Markdown.render(text).html.split(separator: HTMLChecker.rel).joined()
    }
}
