import Testing

@Suite("The checker itself")
struct HTMLCheckerTests {
    private static let outward = "<a href=\"https://a.org\"\(HTMLChecker.rel)"

    @Test(
        "what a page may hold passes",
        arguments: [
            "", "<p>a &amp; b</p>\n", "<hr />\n",
            "<ul>\n<li>a<ul>\n<li></li>\n</ul>\n</li>\n</ul>\n",
            "<p>\(outward)>a</a></p>", "<p>\(outward) class=\"image\" title=\"t\">a</a></p>",
            "<p><a href=\"/api/users/7\" class=\"mention\">@a</a></p>",
            "<pre><code class=\"language-c++\">&lt;\n</code></pre>",
            "<blockquote cite=\"/api/posts/3\">\n</blockquote>",
        ])
    func allowed(html: String) { #expect(HTMLChecker.faults(in: html) == []) }

    @Test(
        "everything else is refused",
        arguments: [
            "<script>a</script>", "<p>", "</p>", "<p></div>", "<p><em></p></em>", "a",
            "<p>a & b</p>",
            "<p>a > b</p>", "<p>a < b</p>", "<p>\"</p>", "<p>&nbsp;</p>", "<p>&#106;</p>",
            "<P></P>",
            "<p onclick=\"a\"></p>", "<p class=\"a\"></p>", "<p title></p>", "<p ></p>",
            "<p><a href='https://a.org'>a</a></p>", "<p><a href=https://a.org>a</a></p>",
            "<p><a href=\"https://a.org\">no rel</a></p>", "<p>\(outward) style=\"a\">a</a></p>",
            "<p>\(outward) href=\"https://b.org\">a</a></p>",
            "<p>\(outward)>\(outward)>a</a></a></p>",
            "<p><a href=\"javascript:a\"\(HTMLChecker.rel)>a</a></p>",
            "<p><a href=\"data:a\"\(HTMLChecker.rel)>a</a></p>",
            "<p><a href=\"/a\"\(HTMLChecker.rel)>a</a></p>",
            "<p><a href=\"//a.org\"\(HTMLChecker.rel)>a</a></p>",
            "<p><a href=\"https://a@b.org\"\(HTMLChecker.rel)>a</a></p>",
            "<p><a href=\"https://a.org/&lt;\"\(HTMLChecker.rel)>a</a></p>",
            "<p><a href=\"https://a.org/ b\"\(HTMLChecker.rel)>a</a></p>",
            "<p><a href=\"/api/users/7x\" class=\"mention\">@a</a></p>",
            "<p><img src=\"https://a.org/b.png\" alt=\"\" /></p>",
            "<p><img src=\"x\" alt=\"\" /></p>",
            "<blockquote cite=\"https://a.org\">\n</blockquote>", "<blockquote>a</blockquote>",
            "<pre><code class=\"language-a b\"></code></pre>", "<p><code><em>a</em></code></p>",
            "<ul><p>a</p></ul>", "<li>a</li>", "<p><p>a</p></p>", "<p>\u{202e}a</p>",
            "<p>\u{0}a</p>",
            "<p>\u{85}</p>", "<!-- a -->", "<p><br></p>", "<p><svg></svg></p>",
            "<p><![CDATA[a]]></p>",
        ])
    func refused(html: String) { #expect(HTMLChecker.faults(in: html) != []) }
}
