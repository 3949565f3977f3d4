import HTTP
import Routing

/// The pages about problems as people read them: one file each, nothing to load, light and dark.
enum ProblemHTML {
    /// All problems, each with a link to its page.
    static func index(_ explanations: [ProblemExplanation]) -> String {
        let rows = explanations.map { explanation in
            let code = explanation.code
            return """
                <li><a href="/problems/\(code.slug)"><b>\(code.status.code)</b> \
                <code>\(code.slug)</code> <span>\(escaped(code.title))</span></a></li>
                """
        }
        return document(
            title: "Problems",
            """
            <h1>Problems</h1>
            <p>Every error of this forum is one of these, whoever answers it, in the format of \
            <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>. The list is closed: a \
            program that knows it knows them all.</p>
            <ul>\(rows.joined(separator: "\n"))</ul>
            """)
    }

    /// One problem: what it means and what helps.
    static func page(_ explanation: ProblemExplanation) -> String {
        let code = explanation.code
        let pause = code.retryAfterSeconds.map { seconds in
            "<h2>When</h2><p>Retry-After usually says \(seconds) "
                + "\(seconds == 1 ? "second" : "seconds").</p>"
        }
        return document(
            title: code.title,
            """
            <p class="status">\(code.status.code) \(code.status.reason)</p>
            <h1>\(escaped(code.title))</h1>
            <p>\(escaped(explanation.meaning))</p>
            <h2>What helps</h2>
            <p>\(escaped(explanation.advice))</p>
            \(pause ?? "")
            <pre>{"type":"/problems/\(code.slug)","status":\(code.status.code),…}</pre>
            <p><a href="/problems">All problems</a></p>
            """)
    }

    private static func document(title: String, _ body: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>\(escaped(title))</title>
        <style>\(style)</style>
        </head>
        <body>
        <main>
        \(body)
        </main>
        </body>
        </html>

        """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }

    private static let style = """
        :root{color-scheme:light dark;--ink:#1d2433;--soft:#5b6478;--page:#fbfaf7;--line:#e3dfd5;\
        --mark:#a4502c}
        @media(prefers-color-scheme:dark){:root{--ink:#e9e6df;--soft:#a39f96;--page:#17191f;\
        --line:#2d313c;--mark:#e59a72}}
        body{margin:0;background:var(--page);color:var(--ink);\
        font:1.0625rem/1.6 Charter,Georgia,serif}
        main{max-width:38rem;margin:0 auto;padding:12vh 1.5rem}
        h1{font-size:2rem;line-height:1.2;margin:0 0 1rem}
        h2{font-size:.8rem;letter-spacing:.08em;text-transform:uppercase;color:var(--soft);\
        margin:2rem 0 .25rem}
        .status{font:.9rem ui-monospace,monospace;color:var(--mark);margin:0 0 .5rem}
        pre,code{font:.9rem ui-monospace,monospace}
        pre{margin:2.5rem 0;padding:.9rem 1rem;border:1px solid var(--line);border-radius:.5rem;\
        overflow:auto}
        a{color:var(--mark)}
        ul{list-style:none;padding:0;border-top:1px solid var(--line)}
        li a{display:flex;gap:.9rem;align-items:baseline;padding:.45rem 0;color:inherit;\
        text-decoration:none;border-bottom:1px solid var(--line)}
        li a:hover{color:var(--mark)}
        li b{font:.9rem ui-monospace,monospace;color:var(--mark)}
        li span{color:var(--soft);margin-left:auto;text-align:right}
        """
}
