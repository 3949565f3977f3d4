import Testing

@testable import LoadEngine

@Suite struct FormatTests {
    @Test(
        "digits are grouped by three",
        arguments: [
            (0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567"),
        ])
    func grouped(number: Int, text: String) { #expect(NumberText.grouped(number) == text) }

    @Test(
        "three digits are significant",
        arguments: [
            (0.0, "0"), (0.0123, "0.012"), (6.714, "6.71"), (9.999, "10.0"), (41.25, "41.3"),
            (999.6, "1,000"), (-2.5, "-2.50"),
        ])
    func significant(number: Double, text: String) {
        #expect(NumberText.significant(number) == text)
    }

    @Test(
        "durations choose their unit",
        arguments: [
            (850, "850 ns"), (152_000, "152 µs"), (999_900, "1.00 ms"), (1_520_000, "1.52 ms"),
            (2_100_000_000, "2.10 s"),
        ])
    func duration(nanoseconds: Int, text: String) {
        #expect(NumberText.duration(nanoseconds) == text)
    }

    @Test("bytes choose their unit") func bytes() {
        #expect(NumberText.bytes(512) == "512 B")
        #expect(NumberText.bytes(98.1 * 1_048_576) == "98.1 MiB")
    }

    @Test("columns line up") func table() {
        var table = TextTable()
        table.row("µs", "1", "22")
        table.row("longer", "333")
        #expect(table.text == "  µs         1   22\n  longer   333\n")
    }

    @Test("JSON escapes what it must and has no word for infinity") func json() {
        let value = JSONValue.object([
            ("a\"b", .array([.null, .bool(true), .integer(-1)])),
            ("c", .string("\n\\é\u{1}")), ("d", .number(.infinity)), ("e", .number(1.25)),
        ])
        #expect(
            value.text
                == #"{"a\"b":[null,true,-1],"c":"\u000a\\é\u0001","d":null,"e":1.25}"#)
    }
}
