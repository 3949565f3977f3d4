extension Example {
    private static let attachment =
        "/api/posts/attachments/sha256-" + String(repeating: "0a", count: 32)

    static let forum: [Example] = [
        // Bare addresses.
        Example("https://a.org", "<p>\(Self.to("https://a.org"))</p>\n"),
        Example(
            "see http://a.org/b?c=d#e, now",
            "<p>see \(Self.to("http://a.org/b?c=d#e")), now</p>\n"),
        Example("(https://a.org)", "<p>(\(Self.to("https://a.org")))</p>\n"),
        Example("(https://a.org/b_(c))", "<p>(\(Self.to("https://a.org/b_(c)")))</p>\n"),
        Example("https://a.org/b...", "<p>\(Self.to("https://a.org/b"))...</p>\n"),
        Example("https://a.org:8080/b", "<p>\(Self.to("https://a.org:8080/b"))</p>\n"),
        Example("**https://a.org**", "<p><strong>\(Self.to("https://a.org"))</strong></p>\n"),
        Example("https://a.org/b_c_d", "<p>\(Self.to("https://a.org/b_c_d"))</p>\n"),
        Example("https://a.org<b", "<p>\(Self.to("https://a.org"))&lt;b</p>\n"),
        Example("\"https://a.org\"", "<p>&quot;\(Self.to("https://a.org"))&quot;</p>\n"),
        Example("请看https://a.org。谢谢", "<p>请看\(Self.to("https://a.org"))。谢谢</p>\n"),
        Example("https://a.org/ü", "<p><a href=\"https://a.org/%C3%BC\">https://a.org/ü</a></p>\n"),
        Example("xhttps://a.org", "<p>xhttps://a.org</p>\n"),
        Example("https://", "<p>https://</p>\n"),
        Example("https://*a*", "<p>https://<em>a</em></p>\n"),
        Example("http://https://a.org", "<p>http://\(Self.to("https://a.org"))</p>\n"),
        Example("`https://a.org`", "<p><code>https://a.org</code></p>\n"),
        Example("    https://a.org", "<pre><code>https://a.org\n</code></pre>\n"),
        Example("www.a.org ftp://a.org", "<p>www.a.org ftp://a.org</p>\n"),
        Example(
            "[https://a.org](https://b.org)",
            "<p><a href=\"https://b.org\">https://a.org</a></p>\n"),

        // Mentions.
        Example("@jake", "<p>\(Self.at("jake"))</p>\n"),
        Example(
            "hi @jake, @Finn.M and (@bmo)",
            "<p>hi \(Self.at("jake")), \(Self.at("Finn.M")) and (\(Self.at("bmo")))</p>\n"),
        Example("@jake.", "<p>\(Self.at("jake")).</p>\n"),
        Example("@jake-", "<p>\(Self.at("jake"))-</p>\n"),
        Example("*@jake*", "<p><em>\(Self.at("jake"))</em></p>\n"),
        Example("**@jake_b**", "<p><strong>\(Self.at("jake_b"))</strong></p>\n"),
        Example("你好@jake你好", "<p>你好\(Self.at("jake"))你好</p>\n"),
        Example(".@jake", "<p>.\(Self.at("jake"))</p>\n"),
        Example("finn@jake.org", "<p>finn@jake.org</p>\n"),
        Example("finn_@jake.org", "<p>finn_@jake.org</p>\n"),
        Example("é@jake", "<p>é@jake</p>\n"),
        Example("@jake@home.org", "<p>@jake@home.org</p>\n"),
        Example("@janés", "<p>@janés</p>\n"),
        Example("@a @ @@bob", "<p>@a @ @@bob</p>\n"),
        Example("\\@jake", "<p>@jake</p>\n"),
        Example("`@jake`", "<p><code>@jake</code></p>\n"),
        Example("```\n@jake\n```", "<pre><code>@jake\n</code></pre>\n"),
        Example("https://a.org/@jake", "<p>\(Self.to("https://a.org/@jake"))</p>\n"),
        Example("a.org/@jake", "<p>a.org/@jake</p>\n"),
        Example("[@jake](https://a.org)", "<p>\(Self.to("https://a.org", "@jake"))</p>\n"),
        Example("# @jake", "<h1>\(Self.at("jake"))</h1>\n"),

        // Posts quoted by reference.
        Example(
            "> [quote post=12]\n> tea",
            "<blockquote cite=\"/api/posts/12\">\n<p>tea</p>\n</blockquote>\n"),
        Example("> [quote post=12]", "<blockquote cite=\"/api/posts/12\">\n</blockquote>\n"),
        Example(
            "> [quote post=12]  \n>\n> - tea",
            "<blockquote cite=\"/api/posts/12\">\n<ul>\n<li>tea</li>\n</ul>\n</blockquote>\n"),
        Example(
            "> [quote post=0]\n> tea", "<blockquote>\n<p>[quote post=0]\ntea</p>\n</blockquote>\n"),
        Example("> [quote post=012]", "<blockquote>\n<p>[quote post=012]</p>\n</blockquote>\n"),
        Example(
            "> [quote post=12 user=4]",
            "<blockquote>\n<p>[quote post=12 user=4]</p>\n</blockquote>\n"),
        Example(
            "> [quote post=12] tea", "<blockquote>\n<p>[quote post=12] tea</p>\n</blockquote>\n"),
        Example(
            "> tea\n> [quote post=12]", "<blockquote>\n<p>tea\n[quote post=12]</p>\n</blockquote>\n"
        ),
        Example("[quote post=12]\ntea", "<p>[quote post=12]\ntea</p>\n"),

        // Pictures that were uploaded here.
        Example(
            "![a *b* \"c\"](\(attachment))",
            "<p><img src=\"\(attachment)\" alt=\"a b &quot;c&quot;\" /></p>\n"),
        Example(
            "![a `b`](\(attachment) \"t\")",
            "<p><img src=\"\(attachment)\" title=\"t\" alt=\"a b\" /></p>\n"),
        Example(
            "[![a](\(attachment))](https://b.org)",
            "<p>\(Self.to("https://b.org", "<img src=\"\(attachment)\" alt=\"a\" />"))</p>\n"),
        Example(
            "![@jake https://a.org](\(attachment))",
            "<p><img src=\"\(attachment)\" alt=\"@jake https://a.org\" /></p>\n"),
        Example("[a](\(attachment))", "<p><a href=\"\(attachment)\">a</a></p>\n"),
        Example("![a](\(attachment)x) [b](/api/posts/1)", "<p>a b</p>\n"),
    ]

    private static func to(_ address: String, _ text: String? = nil) -> String {
        "<a href=\"\(address)\">\(text ?? address)</a>"
    }

    private static func at(_ name: String) -> String { "<span class=\"mention\">@\(name)</span>" }
}
