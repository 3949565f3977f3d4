import Bytes
import HTTP
import Testing

@Suite("Answers")
struct ResponseParserTests {
    @Test("each answer of the corpus gets its verdict", arguments: Corpus.responses)
    func verdict(_ example: CorpusCase) throws {
        let method = try #require(Method(example.requestMethod))
        let verdict = Reading.response(example.bytes, to: method)
        #expect(verdict.meets(example.expectation), "got \(verdict)")
    }

    @Test("the verdict is the same wherever the bytes are cut", arguments: Corpus.responses)
    func cuts(_ example: CorpusCase) throws {
        let method = try #require(Method(example.requestMethod))
        let whole = Reading.response(example.bytes, to: method)
        for cut in Reading.cuts(example.bytes.count) {
            let verdict = Reading.response(example.bytes, to: method, cuts: [cut])
            guard verdict != whole else { continue }
            Issue.record("cut at \(cut): \(verdict) instead of \(whole)")
            return
        }
    }
}
