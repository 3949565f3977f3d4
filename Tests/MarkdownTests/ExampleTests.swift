import Testing

@Suite("CommonMark by example")
struct ExampleTests {
    @Test("a block becomes its element", arguments: Example.blocks)
    func blocks(example: Example) { #expect(example.rendered == example.html) }

    @Test("a list is as tight as it is written", arguments: Example.lists)
    func lists(example: Example) { #expect(example.rendered == example.html) }

    @Test("a piece of a line becomes its element", arguments: Example.inlines)
    func inlines(example: Example) { #expect(example.rendered == example.html) }

    @Test("emphasis follows the rules of delimiter runs", arguments: Example.emphasis)
    func emphasis(example: Example) { #expect(example.rendered == example.html) }

    @Test("a link needs all its parts", arguments: Example.links)
    func links(example: Example) { #expect(example.rendered == example.html) }

    @Test("what forums add works inside the rest", arguments: Example.forum)
    func forum(example: Example) { #expect(example.rendered == example.html) }

    @Test("every example is well-formed and on the list of what is allowed")
    func checked() {
        for example in Example.all {
            let faults = HTMLChecker.faults(in: example.rendered, wantsRel: false)
            #expect(faults.isEmpty, "\(example.testDescription)")
        }
    }

    @Test("the tables hold what they promise")
    func size() { #expect(Example.all.count >= 200) }
}

extension Example {
    static let all = blocks + lists + inlines + emphasis + links + forum
}
