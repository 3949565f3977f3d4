import Testing

@testable import LoadEngine

@Suite struct TemplateTests {
    private func render(_ template: Template, seed: UInt64 = 1) -> String {
        var bytes: [UInt8] = []
        var generator = SeededGenerator(seed: seed)
        template.append(to: &bytes, using: &generator)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "text without a range is itself",
        arguments: [
            "", "/api", "{}", "{1}", "{a..b}", "{1..}", "{..2}", "{1..2", "{\"n\":{}}", "{{",
            "{-1..2}",
        ])
    func literal(text: String) throws {
        let template = try Template(text)
        #expect(template.isFixed && render(template) == text)
    }

    @Test("a range becomes a number inside it, ends included") func range() throws {
        let template = try Template("/{3..5}")
        let seen = Set((1...200).map { render(template, seed: $0) })
        #expect(seen == ["/3", "/4", "/5"])
    }

    @Test("several ranges and braces stand beside each other") func several() throws {
        let template = try Template("{{7..7}}{8..8}-{\"a\":{9..9}}")
        #expect(render(template) == "{7}8-{\"a\":9}")
    }

    @Test("the same seed gives the same numbers, another one others") func seeded() throws {
        let template = try Template("{1..1000000000} {1..1000000000}")
        #expect(render(template, seed: 5) == render(template, seed: 5))
        #expect(render(template, seed: 5) != render(template, seed: 6))
    }

    @Test("numbers are spread evenly") func uniform() {
        var generator = SeededGenerator(seed: 9)
        var counts = [Int](repeating: 0, count: 10)
        for _ in 0..<100_000 { counts[Int.random(in: 0...9, using: &generator)] += 1 }
        // Five standard deviations of a binomial count around 10 000.
        #expect(counts.allSatisfy { abs($0 - 10_000) < 475 }, "\(counts)")
    }

    @Test(
        "a range that runs backwards or beyond 2^53 is refused",
        arguments: [
            "{5..1}", "{1..9007199254740993}", "{1..99999999999999999999}",
        ])
    func refused(text: String) {
        #expect(throws: LoadFailure.self) { try Template(text) }
    }
}
