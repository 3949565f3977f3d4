import Fixture
import Glibc
import SQLite
import Search
import Seeding
import Testing

@Suite("The index beside the rows")
struct SearchIndexTests {
    @Test("words are found without regard to case and diacritics")
    func folding() async throws {
        let library = try Library()
        try await library.put(1, "Crème brûlée in Łódź, ΣΊΣΥΦΟΣ, naïve Ω")
        for text in ["creme", "BRULEE", "brûle*", "σίσυφοσ", "naive", "ω", "\"creme brulee\""] {
            #expect(try library.find(text) == [1], "\(text)")
        }
        #expect(try library.find("\"brulee creme\"") == [])
    }

    @Test("a word in a title counts more than one in a text")
    func ranking() async throws {
        let library = try Library()
        try await library.put(1, "the fuse and the lamp", title: "about lamps")
        try await library.put(2, "the lamp and the cable", title: "about the fuse")
        let query = try SearchQuery("fuse")
        let ranked = try library.store.read { try $0.all(Library.Queries.ranked, query.expression) }
        #expect(ranked == [2, 1])
    }

    @Test("a changed row is found by its new words only, a hidden or removed one by none")
    func changes() async throws {
        let library = try Library()
        try await library.put(1, "tea")
        try await library.put(1, "toast")
        #expect(try library.find("tea") == [])
        #expect(try library.find("toast") == [1])
        try await library.put(1, "toast", onShelf: false)
        #expect(try library.find("toast") == [])
        try await library.put(1, "jam", onShelf: true)
        #expect(try library.find("jam") == [1])
        try await library.remove(1)
        #expect(try library.find("jam") == [])
        try await library.check()
    }

    @Test("a change that fails leaves the row and its words as they were")
    func failure() async throws {
        struct Refused: Error {}
        let library = try Library()
        try await library.put(1, "tea")
        await #expect(throws: Refused.self) {
            try await library.store.write { try $0.indexing(1) { throw Refused() } }
        }
        // And inside a transaction that goes on.
        try await library.store.write { transaction in
            try? transaction.indexing(1) { throw Refused() }
            try transaction.indexing(2) {
                try transaction.run(Library.Queries.put, 2, "", "toast", true)
            }
        }
        #expect(try library.find("tea") == [1])
        #expect(try library.find("toast") == [2])
        try await library.check()
    }

    @Test("a change behind its back is noticed by the check")
    func unannounced() async throws {
        let library = try Library()
        try await library.put(1, "tea")
        try await library.store.write { try $0.run(Library.Queries.put, 1, "", "toast", true) }
        await #expect(throws: DatabaseError.self) { try await library.check() }
        try await library.store.write { try $0.run(SearchIndex.rebuild) }
        try await library.check()
        #expect(try library.find("toast") == [1])
    }

    @Test("rows that a load adds are found too")
    func load() async throws {
        let library = try Library()
        try await library.store.write { transaction in
            for id in Int64(1)...50 {
                try transaction.run(Library.Queries.put, id, "", "cup \(id)", id % 2 == 0)
                try transaction.index(new: id)
            }
        }
        #expect(try library.find("cup").count == 25)
        try await library.check()
    }

    @Test("the schema names the tokenizer that is promised")
    func tokenizer() {
        #expect("\(SearchIndex.schema)".contains("tokenize = '\(SearchIndex.tokenizer)'"))
    }

    @Test("after erasing and optimizing no byte of a word is left in the file")
    func erasing() async throws {
        let library = try Library()
        for id in Int64(1)...30 { try await library.put(id, "cup \(id) of tea") }
        try await library.put(31, "the secret xylographer")
        try await library.remove(31)
        let path = library.folder.file("books.sqlite")
        let needle = Array("ylograp".utf8)
        #expect(bytes(path).contains(needle) || bytes(path + "-wal").contains(needle))
        try await library.store.write { try $0.run(SearchIndex.optimize) }
        try await library.check()
        await library.store.close()
        #expect(!bytes(path).contains(needle))
        #expect(!bytes(path + "-wal").contains(needle))
        #expect(bytes(path).contains(Array("cup 7 of tea".utf8)))
    }

    private func bytes(_ path: String) -> [UInt8] {
        guard let stream = fopen(path, "r") else { return [] }
        defer { fclose(stream) }
        var bytes = [UInt8](repeating: 0, count: 4 << 20)
        return Array(bytes[..<fread(&bytes, 1, bytes.count, stream)])
    }
}
