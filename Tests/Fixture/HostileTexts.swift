/// Texts that have broken other programs: each is to be kept as it is, or refused.
package enum HostileTexts {
    /// Valid texts, up to 120 characters, that have to come back byte for byte.
    package static let kept = [
        "'; DROP TABLE messages; --", "\" OR 1=1 --", "%_%' ESCAPE '\\", "?1 :name $x @y",
        "NEAR(a b) AND text: OR NOT *", "\"unclosed", "a\"b\"\"c", "title : {x y} ^z + -",
        "\u{202e}txet desrever\u{202c}", "\u{200f}שלום\u{200e} עולם", "مرحبا بالعالم",
        "👩‍👩‍👧‍👦 🇺🇳 👍🏽 ❤️", "e\u{301}\u{301}\u{301}", "\u{feff}byte order",
        "\u{fffd} \u{fffe} \u{10fffd}", "tab\tand\u{b}and\u{7f}", "\u{1}\u{2}\u{1f}",
        "<script>alert(1)</script>", "&amp;&lt;\u{0}".replacing("\u{0}", with: ""),
        "\\u0000 \\x00 %00", "\u{2028}\u{2029}\u{85}", "𝕳𝖊𝖑𝖑𝖔 ﷽", "\u{10fff0}marked\u{10fff1}",
        "[quote post=1]", "> > > > >", "```", "{}[]:,", "null", "-0", "1e999",
    ]

    /// Strings of JSON, quotes included, that are none or that no text may have.
    package static let refused: [[UInt8]] = [
        Array(#""nul \u0000 inside""#.utf8), Array(#""lone \ud800 high""#.utf8),
        Array(#""lone \udc00 low""#.utf8), Array(#""\udc00\ud800 turned""#.utf8),
        quoted([0xc0, 0xaf]), quoted([0xc0, 0x80]), quoted([0xe0, 0x80, 0xaf]),
        quoted([0xf0, 0x80, 0x80, 0xaf]), quoted([0xed, 0xa0, 0x80]),
        quoted([0xf4, 0x90, 0x80, 0x80]),
        quoted([0xff, 0xfe]), quoted([0x80]), quoted([0xe2, 0x82]),
    ]

    private static func quoted(_ bytes: [UInt8]) -> [UInt8] { [0x22] + bytes + [0x22] }
}
