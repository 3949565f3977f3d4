extension Example {
    static let blocks: [Example] = [
        // Paragraphs.
        Example("", ""),
        Example("  \n\t\n", ""),
        Example("tea", "<p>tea</p>\n"),
        Example("tea\nand toast", "<p>tea\nand toast</p>\n"),
        Example("tea\n\ntoast", "<p>tea</p>\n<p>toast</p>\n"),
        Example("tea\n\n\n\ntoast\n", "<p>tea</p>\n<p>toast</p>\n"),
        Example("   tea\n      toast", "<p>tea\ntoast</p>\n"),
        Example("tea  ", "<p>tea</p>\n"),
        Example("tea\r\ntoast\r\r\njam", "<p>tea\ntoast</p>\n<p>jam</p>\n"),

        // Headings with signs.
        Example("# Tea", "<h1>Tea</h1>\n"),
        Example("###### Tea", "<h6>Tea</h6>\n"),
        Example("####### Tea", "<p>####### Tea</p>\n"),
        Example("#tea", "<p>#tea</p>\n"),
        Example("#\ttea", "<h1>tea</h1>\n"),
        Example("#", "<h1></h1>\n"),
        Example("## ##", "<h2></h2>\n"),
        Example("## Tea ##  ", "<h2>Tea</h2>\n"),
        Example("## Tea#", "<h2>Tea#</h2>\n"),
        Example("## Tea \\##", "<h2>Tea ##</h2>\n"),
        Example("   # Tea", "<h1>Tea</h1>\n"),
        Example("    # Tea", "<pre><code># Tea\n</code></pre>\n"),
        Example("tea\n# Toast\njam", "<p>tea</p>\n<h1>Toast</h1>\n<p>jam</p>\n"),
        Example("# *Tea* `x`", "<h1><em>Tea</em> <code>x</code></h1>\n"),

        // Headings with a line below.
        Example("Tea\n===", "<h1>Tea</h1>\n"),
        Example("Tea\n-", "<h2>Tea</h2>\n"),
        Example("Tea\nfor two\n---  ", "<h2>Tea\nfor two</h2>\n"),
        Example("Tea\n= =", "<p>Tea\n= =</p>\n"),
        Example("Tea\n    ===", "<p>Tea\n===</p>\n"),
        Example("===\nTea", "<p>===\nTea</p>\n"),
        Example("Tea\n\n===", "<p>Tea</p>\n<p>===</p>\n"),
        Example("> Tea\n---", "<blockquote>\n<p>Tea</p>\n</blockquote>\n<hr />\n"),
        Example("- Tea\n---", "<ul>\n<li>Tea</li>\n</ul>\n<hr />\n"),

        // Rules.
        Example("---", "<hr />\n"),
        Example("* * *", "<hr />\n"),
        Example(" _  _\t_ ", "<hr />\n"),
        Example("--", "<p>--</p>\n"),
        Example("+++", "<p>+++</p>\n"),
        Example("--- x", "<p>--- x</p>\n"),
        Example("tea\n***\njam", "<p>tea</p>\n<hr />\n<p>jam</p>\n"),

        // Indented code.
        Example("    let a = 1", "<pre><code>let a = 1\n</code></pre>\n"),
        Example("\tlet a = 1", "<pre><code>let a = 1\n</code></pre>\n"),
        Example("      a\n    b", "<pre><code>  a\nb\n</code></pre>\n"),
        Example("    a\n\n\n    b\n\n", "<pre><code>a\n\n\nb\n</code></pre>\n"),
        Example("    <b> & \"c\"", "<pre><code>&lt;b&gt; &amp; &quot;c&quot;\n</code></pre>\n"),
        Example("tea\n    toast", "<p>tea\ntoast</p>\n"),
        Example("    tea\ntoast", "<pre><code>tea\n</code></pre>\n<p>toast</p>\n"),
        Example("    a  \n", "<pre><code>a  \n</code></pre>\n"),

        // Fenced code.
        Example("```\na\n```", "<pre><code>a\n</code></pre>\n"),
        Example("~~~\na\n~~~", "<pre><code>a\n</code></pre>\n"),
        Example("```\n~~~\n```", "<pre><code>~~~\n</code></pre>\n"),
        Example("````\n```\n````", "<pre><code>```\n</code></pre>\n"),
        Example("```\na", "<pre><code>a\n</code></pre>\n"),
        Example("```", "<pre><code></code></pre>\n"),
        Example("```\n\n\n```", "<pre><code>\n\n</code></pre>\n"),
        Example("```\n*a* &amp; [b](c)\n```", "<pre><code>*a* &amp;amp; [b](c)\n</code></pre>\n"),
        Example("  ```\n   a\n  ```", "<pre><code> a\n</code></pre>\n"),
        Example("```\na\n  ```", "<pre><code>a\n</code></pre>\n"),
        Example("```\na\n    ```", "<pre><code>a\n    ```\n</code></pre>\n"),
        Example("```\na\n``` b", "<pre><code>a\n``` b\n</code></pre>\n"),
        Example("``\na\n``", "<p><code>a</code></p>\n"),
        Example("tea\n```\na\n```\njam", "<p>tea</p>\n<pre><code>a\n</code></pre>\n<p>jam</p>\n"),
        Example(
            "```swift\nlet a\n```", "<pre><code class=\"language-swift\">let a\n</code></pre>\n"),
        Example("``` c++ extra\n```", "<pre><code class=\"language-c++\"></code></pre>\n"),
        Example("~~~ a`b\n~~~", "<pre><code></code></pre>\n"),
        Example("```a\"b\n```", "<pre><code></code></pre>\n"),
        Example("```a`b\n```", "<p>```a`b</p>\n<pre><code></code></pre>\n"),

        // Quotes.
        Example("> tea", "<blockquote>\n<p>tea</p>\n</blockquote>\n"),
        Example(">tea\n>toast", "<blockquote>\n<p>tea\ntoast</p>\n</blockquote>\n"),
        Example("> tea\ntoast", "<blockquote>\n<p>tea\ntoast</p>\n</blockquote>\n"),
        Example("> tea\n\ntoast", "<blockquote>\n<p>tea</p>\n</blockquote>\n<p>toast</p>\n"),
        Example("> a\n\n> b", Self.quote("<p>a</p>\n") + Self.quote("<p>b</p>\n")),
        Example("> a\n>\n> b", Self.quote("<p>a</p>\n<p>b</p>\n")),
        Example(">", Self.quote("")),
        Example("> > a", Self.quote(Self.quote("<p>a</p>\n"))),
        Example(">>> a\nb", Self.quote(Self.quote(Self.quote("<p>a\nb</p>\n")))),
        Example(">     a", Self.quote("<pre><code>a\n</code></pre>\n")),
        Example(">    a", Self.quote("<p>a</p>\n")),
        Example("    > a", "<pre><code>&gt; a\n</code></pre>\n"),
        Example("> # a\n> b", Self.quote("<h1>a</h1>\n<p>b</p>\n")),
        Example("> ```\na", Self.quote("<pre><code></code></pre>\n") + "<p>a</p>\n"),
        Example("> a\n- b", Self.quote("<p>a</p>\n") + "<ul>\n<li>b</li>\n</ul>\n"),
    ]

    private static func quote(_ inside: String) -> String {
        "<blockquote>\n\(inside)</blockquote>\n"
    }
}
