extension Example {
    static let links: [Example] = [
        // Inline.
        Example("[a](https://b.org)", Self.link("https://b.org", "a")),
        Example("[a](<https://b.org>)", Self.link("https://b.org", "a")),
        Example("[a]( https://b.org )", Self.link("https://b.org", "a")),
        Example("[a](\nhttps://b.org\n)", Self.link("https://b.org", "a")),
        Example("[a](https://b.org \"t\")", Self.link("https://b.org", "a", title: "t")),
        Example("[a](https://b.org 't')", Self.link("https://b.org", "a", title: "t")),
        Example("[a](https://b.org (t))", Self.link("https://b.org", "a", title: "t")),
        Example(
            "[a](https://b.org \"t \\\"u\\\" &amp;\")",
            Self.link("https://b.org", "a", title: "t &quot;u&quot; &amp;")),
        Example(
            "[a](https://b.org \"t\" x)",
            "<p>[a](<a href=\"https://b.org\">https://b.org</a> &quot;t&quot; x)</p>\n"),
        Example("[a](https://b.org/c d)", "<p>[a](\(Self.anchor("https://b.org/c")) d)</p>\n"),
        Example("[a](<https://b.org/c d>)", Self.link("https://b.org/c%20d", "a")),
        Example("[a](https://b.org/(c))", Self.link("https://b.org/(c)", "a")),
        Example("[a](https://b.org/c\\))", Self.link("https://b.org/c)", "a")),
        Example("[a](https://b.org/?c&d)", Self.link("https://b.org/?c&amp;d", "a")),
        Example("[a](https://b.org/?c&amp;d)", Self.link("https://b.org/?c&amp;d", "a")),
        Example("[a](https://b.org/ü)", Self.link("https://b.org/%C3%BC", "a")),
        Example("[a](HTTPS://b.org)", Self.link("https://b.org", "a")),
        Example("[a](mailto:b@c.org)", Self.link("mailto:b@c.org", "a")),
        Example("[a] (https://b.org)", "<p>[a] (\(Self.anchor("https://b.org")))</p>\n"),
        Example("[a\nb](https://c.org)", Self.link("https://c.org", "a\nb")),
        Example("[*a*](https://b.org)", Self.link("https://b.org", "<em>a</em>")),
        Example("[`]`](https://b.org)", Self.link("https://b.org", "<code>]</code>")),
        Example("[a [b]](https://c.org)", Self.link("https://c.org", "a [b]")),
        Example("[a\\]](https://b.org)", Self.link("https://b.org", "a]")),
        Example("[](https://b.org)", Self.link("https://b.org", "")),
        Example("[a]", "<p>[a]</p>\n"),
        Example("[a]()", "<p>a</p>\n"),
        Example("[a](#b) [c](/d) [e](f)", "<p>a c e</p>\n"),
        Example(
            "[a [b](https://c.org)](https://d.org)",
            "<p>[a \(Self.anchor("https://c.org", "b"))](\(Self.anchor("https://d.org")))</p>\n"),

        // By reference.
        Example("[a]\n\n[a]: https://b.org", Self.link("https://b.org", "a")),
        Example("[a][]\n\n[a]: https://b.org", Self.link("https://b.org", "a")),
        Example("[x][a]\n\n[a]: https://b.org", Self.link("https://b.org", "x")),
        Example("[a]: https://b.org\n[A]", Self.link("https://b.org", "A")),
        Example("[a  b]: https://b.org\n[A\nB]", Self.link("https://b.org", "A\nB")),
        Example("[ẞ]: https://b.org\n[SS]", Self.link("https://b.org", "SS")),
        Example("[a]:\nhttps://b.org\n't'\n\n[a]", Self.link("https://b.org", "a", title: "t")),
        Example(
            "[a]: https://b.org\n\"t\" x\n\n[a]",
            "<p>&quot;t&quot; x</p>\n" + Self.link("https://b.org", "a")),
        Example(
            "[a]: https://b.org \"t\" x",
            "<p>[a]: \(Self.anchor("https://b.org")) &quot;t&quot; x</p>\n"),
        Example("[a]: https://b.org\n[a]: https://c.org\n\n[a]", Self.link("https://b.org", "a")),
        Example("tea\n[a]: x", "<p>tea\n[a]: x</p>\n"),
        Example(
            "> [a]: https://b.org\n\n[a]",
            "<blockquote>\n</blockquote>\n" + Self.link("https://b.org", "a")),
        Example("[a]: <>\n[a]", "<p>a</p>\n"),
        Example("[a][b]\n\n[a]: https://c.org", "<p>[a]\("[b]")</p>\n"),
        Example(
            "[a](b c)\n\n[a]: https://d.org", "<p>\(Self.anchor("https://d.org", "a"))(b c)</p>\n"),
        Example("[ ]: https://b.org\n[ ]", "<p>[ ]: \(Self.anchor("https://b.org"))\n[ ]</p>\n"),
        Example(
            "[a]: https://b.org\n===\n[a]", "<p>===\n\(Self.anchor("https://b.org", "a"))</p>\n"),
        Example(
            "    [a]: https://b.org\n\n[a]",
            "<pre><code>[a]: https://b.org\n</code></pre>\n<p>[a]</p>\n"),

        // In angle brackets.
        Example(
            "<https://a.org/?b&c>",
            "<p><a href=\"https://a.org/?b&amp;c\">https://a.org/?b&amp;c</a></p>\n"),
        Example("<mailto:a@b.org>", Self.link("mailto:a@b.org", "mailto:a@b.org")),
        Example("<a.b+c@d.org>", Self.link("mailto:a.b+c@d.org", "a.b+c@d.org")),
        Example("<https://a.org b>", "<p>&lt;\(Self.anchor("https://a.org")) b&gt;</p>\n"),
        Example("<ftp://a.org>", "<p>&lt;ftp://a.org&gt;</p>\n"),
        Example("<https://a.org/*b*>", Self.link("https://a.org/*b*", "https://a.org/*b*")),

        // Images.
        Example("![a](https://b.org/c.png)", Self.link("https://b.org/c.png", "a", kind: "image")),
        Example(
            "![](https://b.org/c.png)",
            Self.link("https://b.org/c.png", "https://b.org/c.png", kind: "image")),
        Example("![a]\n\n[a]: https://b.org", Self.link("https://b.org", "a", kind: "image")),
        Example("\\![a](https://b.org)", "<p>!\(Self.anchor("https://b.org", "a"))</p>\n"),
        Example("!a", "<p>!a</p>\n"),
        Example("[![a](https://b.org/c)](https://d.org)", Self.link("https://d.org", "a")),
        Example(
            "![a [b](https://c.org)](https://d.org)",
            Self.link("https://d.org", "a b", kind: "image")),
    ]

    private static func anchor(_ address: String, _ text: String? = nil) -> String {
        "<a href=\"\(address)\">\(text ?? address)</a>"
    }

    private static func link(
        _ address: String, _ text: String, title: String = "", kind: String = ""
    ) -> String {
        let title = title.isEmpty ? "" : " title=\"\(title)\""
        let kind = kind.isEmpty ? "" : " class=\"\(kind)\""
        return "<p><a href=\"\(address)\"\(kind)\(title)>\(text)</a></p>\n"
    }
}
