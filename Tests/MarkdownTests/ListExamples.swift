extension Example {
    static let lists: [Example] = [
        Example("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        Example("* a\n* b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        Example("+ a", "<ul>\n<li>a</li>\n</ul>\n"),
        Example("-a", "<p>-a</p>\n"),
        Example("- a\n+ b", "<ul>\n<li>a</li>\n</ul>\n<ul>\n<li>b</li>\n</ul>\n"),
        Example("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        Example("7. a\n3. b", "<ol start=\"7\">\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        Example("0. a", "<ol start=\"0\">\n<li>a</li>\n</ol>\n"),
        Example("007) a", "<ol start=\"7\">\n<li>a</li>\n</ol>\n"),
        Example("1. a\n2) b", "<ol>\n<li>a</li>\n</ol>\n<ol start=\"2\">\n<li>b</li>\n</ol>\n"),
        Example("123456789. a", "<ol start=\"123456789\">\n<li>a</li>\n</ol>\n"),
        Example("1234567890. a", "<p>1234567890. a</p>\n"),
        Example("-1. a", "<p>-1. a</p>\n"),
        Example("1.a", "<p>1.a</p>\n"),

        // Interrupting a paragraph.
        Example("tea\n- a", "<p>tea</p>\n<ul>\n<li>a</li>\n</ul>\n"),
        Example("tea\n1. a", "<p>tea</p>\n<ol>\n<li>a</li>\n</ol>\n"),
        Example("born in\n1984. It rained", "<p>born in\n1984. It rained</p>\n"),
        Example("tea\n*\njam", "<p>tea\n*\njam</p>\n"),

        // Tight and loose.
        Example("- a\n\n- b", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n"),
        Example("- a\n\n  b", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>\n"),
        Example("- a\n  b", "<ul>\n<li>a\nb</li>\n</ul>\n"),
        Example("- a\nb", "<ul>\n<li>a\nb</li>\n</ul>\n"),
        Example("- a\n\nb", "<ul>\n<li>a</li>\n</ul>\n<p>b</p>\n"),
        Example("- a\n- b\n\n\nc", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>c</p>\n"),
        Example(
            "- a\n  > b\n\n- c",
            "<ul>\n<li>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</li>\n"
                + "<li>\n<p>c</p>\n</li>\n</ul>\n"),
        Example(
            "- a\n  ```\n  b\n\n  ```\n- c",
            "<ul>\n<li>a\n<pre><code>b\n\n</code></pre>\n</li>\n<li>c</li>\n</ul>\n"),

        // Nesting.
        Example(
            "- a\n  - b\n    - c\n- d",
            "<ul>\n<li>a\n<ul>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n</li>\n"
                + "<li>d</li>\n</ul>\n"),
        Example("- - a", "<ul>\n<li>\n<ul>\n<li>a</li>\n</ul>\n</li>\n</ul>\n"),
        Example("1. - a", "<ol>\n<li>\n<ul>\n<li>a</li>\n</ul>\n</li>\n</ol>\n"),
        Example(
            "- a\n  1. b", "<ul>\n<li>a\n<ol>\n<li>b</li>\n</ol>\n</li>\n</ul>\n"),
        Example("- a\n - b\n  - c", "<ul>\n<li>a</li>\n<li>b</li>\n<li>c</li>\n</ul>\n"),
        Example(
            "- a\n\n  - b\n- c",
            "<ul>\n<li>\n<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>\n<p>c</p>\n</li>\n</ul>\n"),
        Example(
            "> - a\n> - b", "<blockquote>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n</blockquote>\n"),
        Example("- > a", "<ul>\n<li>\n<blockquote>\n<p>a</p>\n</blockquote>\n</li>\n</ul>\n"),

        // What an item may begin with.
        Example("-", "<ul>\n<li></li>\n</ul>\n"),
        Example("- a\n-\n- b", "<ul>\n<li>a</li>\n<li></li>\n<li>b</li>\n</ul>\n"),
        Example("-\n  a", "<ul>\n<li>a</li>\n</ul>\n"),
        Example("-\n\n  a", "<ul>\n<li></li>\n</ul>\n<p>a</p>\n"),
        Example("-     a", "<ul>\n<li>\n<pre><code>a\n</code></pre>\n</li>\n</ul>\n"),
        Example("-\ta", "<ul>\n<li>a</li>\n</ul>\n"),
        Example("- # a", "<ul>\n<li>\n<h1>a</h1>\n</li>\n</ul>\n"),
        Example("- ```\n  a\n  ```", "<ul>\n<li>\n<pre><code>a\n</code></pre>\n</li>\n</ul>\n"),
        Example("- * * *", "<ul>\n<li>\n<hr />\n</li>\n</ul>\n"),
        Example("* a\n***\n* b", "<ul>\n<li>a</li>\n</ul>\n<hr />\n<ul>\n<li>b</li>\n</ul>\n"),

        // Indentation decides what belongs to an item.
        Example(
            "1.  a\n\n    b", "<ol>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ol>\n"),
        Example("10. a\n   b", "<ol start=\"10\">\n<li>a\nb</li>\n</ol>\n"),
        Example(
            "- a\n\n      b", "<ul>\n<li>\n<p>a</p>\n<pre><code>b\n</code></pre>\n</li>\n</ul>\n"),
        Example("- a\n\n\tb", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>\n"),
        Example(
            "   - a\n\n     b", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>\n"),
        Example("    - a", "<pre><code>- a\n</code></pre>\n"),
    ]
}
