/// What became of a text.
package struct RenderedText: Equatable, Sendable {
    /// Safe to put into a page as it is: balanced, from a closed list of elements, attributes and
    /// kinds of address (README.md has the list). Ends with a line feed unless it is empty.
    package let html: String

    /// Names after an `@`, as written at their first place, in that order, without the `@`; equal
    /// names count once, whatever their case. At most `MarkdownLimits.mentionsMax`; `mentionsCut`
    /// says that there were more. Those inside quotes are not among them.
    package let mentions: [String]

    /// Ids of the posts that are quoted by reference, in order, each once. At most
    /// `MarkdownLimits.quotesMax`; `quotesCut` says that there were more.
    package let quotes: [Int64]

    /// The first words without markup: text, not HTML, on one line, at most
    /// `MarkdownLimits.excerptCharactersMax` Unicode scalars with the `…` of a cut.
    package let excerpt: String

    /// What the text asked for and did not get, each once.
    package let warnings: [MarkdownWarning]

    /// Steps of work that rendering took; it grows with the length of the text and never faster.
    package let steps: Int
}
