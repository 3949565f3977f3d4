import Fixture
import SQLite
import Testing

/// One value of each kind, to and from a row.
private enum Values {
    struct All: Equatable, Sendable {
        var text: String
        var data: [UInt8]?
        var size: Double?

        init(_ row: borrowing Row) {
            text = row.text(0)
            data = row.optionalBytes(1)
            size = row.optionalDouble(2)
        }

        init(text: String, data: [UInt8]?, size: Double?) {
            self.text = text
            self.data = data
            self.size = size
        }
    }

    static let echo = Query<(String, [UInt8]?, Double?), All>("SELECT ?1, ?2, ?3", All.init)
    static let echoText = Query<String, String>("SELECT ?1") { $0.text(0) }
    static let echoNumber = Query<Int64, Int64>("SELECT ?1") { $0.int64(0) }
    static let echoBool = Query<Bool, Bool>("SELECT ?1") { $0.bool(0) }
    static let echoBytes = Query<[UInt8], [UInt8]>("SELECT ?1") { $0.bytes(0) }
    static let length = Query<String, Int>("SELECT length(CAST(?1 AS BLOB))") { $0.int(0) }
    static let literal = Query<StaticString, String>("SELECT ?1") { $0.text(0) }
    static let missingText = Query<Void, String>("SELECT NULL AS name") { $0.text(0) }
    static let missingNumber = Query<Void, Int64>("SELECT NULL AS born") { $0.int64(0) }
    static let notANumber = Query<Void, Int64>("SELECT 'x' AS born") { $0.int64(0) }
    static let twoParameters = Query<Int64, Void>("SELECT ?1, ?2")
    static let twoStatements = Query<Void, Void>("SELECT 1; SELECT 2")
    static let wrong = Query<Void, Void>("SELECT x FROM nowhere")
    static let quoted = Query<Void, Void>(#"SELECT "no column" FROM notes"#)
    static let numbers = Query<Int64, Int64>(
        """
        WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ?1)
        SELECT x FROM n
        """
    ) { $0.int64(0) }
    static let shade = Query<Shade, Shade?>("SELECT ?1") { Shade(rawValue: $0.text(0)) }

    enum Shade: String, Bindable, Sendable { case light, dark }
}

struct QueryTests {
    let folder = TemporaryFolder()
    let store: Store

    init() throws { store = try Store.notes(folder) }

    @Test("every kind of value comes back as it went in")
    func roundTrip() throws {
        let value = Values.All(text: "a", data: [0, 255], size: 1.5)
        let back = try store.read { try $0.one(Values.echo, value.text, value.data, value.size) }
        #expect(back == value)
    }

    @Test("nil is stored as NULL and comes back as nil")
    func null() throws {
        let back = try store.read { try $0.one(Values.echo, "", nil, nil) }
        #expect(back == Values.All(text: "", data: nil, size: nil))
    }

    @Test("the extreme numbers survive", arguments: [Int64.min, -1, 0, 1, 1 << 53, Int64.max])
    func numbers(number: Int64) throws {
        #expect(try store.read { try $0.one(Values.echoNumber, number) } == number)
    }

    @Test("booleans survive", arguments: [true, false])
    func booleans(value: Bool) throws {
        #expect(try store.read { try $0.one(Values.echoBool, value) } == value)
    }

    @Test(
        "any text survives, a NUL inside included",
        arguments: ["", "\0", "a\0b", "žluťoučký kůň", "🇨🇿👩‍👩‍👧", "'; DROP TABLE notes; --", "e\u{301}"])
    func text(text: String) throws {
        let back = try store.read { try $0.one(Values.echoText, text) }
        #expect(Array(back.utf8) == Array(text.utf8))
        #expect(try store.read { try $0.one(Values.length, text) } == text.utf8.count)
    }

    @Test("an empty blob is a blob, not NULL")
    func emptyBlob() throws {
        #expect(try store.read { try $0.one(Values.echo, "", [], nil) }.data == [])
    }

    @Test("a literal is bound as the text it is")
    func literal() throws {
        #expect(try store.read { try $0.one(Values.literal, "constant") } == "constant")
    }

    @Test("an enumeration is stored as its raw value")
    func rawValue() throws {
        #expect(try store.read { try $0.one(Values.shade, .dark) } == .dark)
    }

    @Test("a value of several megabytes survives")
    func big() throws {
        let bytes = [UInt8](repeating: 7, count: 8 << 20)
        #expect(try store.read { try $0.one(Values.echoBytes, bytes) } == bytes)
    }

    @Test("a value over the limit is refused as too big")
    func tooBig() throws {
        let bytes = [UInt8](repeating: 7, count: Int(StoreLimits.valueBytesMax) + 1)
        #expect(throws: DatabaseError.tooBig(path: store.path)) {
            try store.read { try $0.one(Values.echoBytes, bytes) }
        }
    }

    @Test("first gives nil and one throws when there is no row")
    func noRow() throws {
        #expect(try store.read { try $0.first(Notes.text, 1) } == nil)
        #expect(throws: DatabaseError.noRow(sql: "SELECT text FROM notes WHERE id = ?1")) {
            try store.read { try $0.one(Notes.text, 1) }
        }
    }

    @Test("all, forEach and forEachRow give the same rows in the same order")
    func sequences() throws {
        let all = try store.read { try $0.all(Values.numbers, 100) }
        var each: [Int64] = []
        try store.read { try $0.forEach(Values.numbers, 100) { each.append($0) } }
        var rows: [Int64] = []
        try store.read { try $0.forEachRow(Values.numbers, 100) { rows.append($0.int64(0)) } }
        #expect(all == Array(1...100))
        #expect(each == all)
        #expect(rows == all)
    }

    @Test("NULL where the reader wants a text is an error that names the column")
    func missingText() throws {
        let error = #expect(throws: DatabaseError.self) {
            try store.read { try $0.one(Values.missingText) }
        }
        #expect(
            error?.description
                == "column name is NULL where the reader wants a text: SELECT NULL AS name")
    }

    @Test("NULL or a text where the reader wants a number is an error")
    func missingNumber() {
        #expect(throws: DatabaseError.self) { try store.read { try $0.one(Values.missingNumber) } }
        #expect(throws: DatabaseError.self) { try store.read { try $0.one(Values.notANumber) } }
    }

    @Test("a fault of one row does not follow the connection into the next call")
    func faultIsForgotten() throws {
        try store.read { connection in
            #expect(throws: Refused.self) {
                try connection.firstRow(Values.missingText) { row in
                    _ = row.text(0)
                    throw Refused()
                }
            }
            let next = try connection.one(Values.echoNumber, 3)
            #expect(next == 3)
        }
    }

    @Test("a query with too few values is a defect that is told, not a NULL")
    func parameterCount() {
        let error = #expect(throws: DatabaseError.self) {
            try store.read { try $0.first(Values.twoParameters, 1) }
        }
        #expect(error?.description.contains("it has 2 parameters, its query gives 1") == true)
    }

    @Test("two statements in one query are a defect that is told")
    func twoStatements() {
        let error = #expect(throws: DatabaseError.self) {
            try store.read { try $0.first(Values.twoStatements) }
        }
        #expect(error?.description.contains("more than one statement") == true)
    }

    @Test("a mistake in a statement names the mistake and the statement")
    func wrongStatement() {
        let error = #expect(throws: DatabaseError.self) {
            try store.read { try $0.first(Values.wrong) }
        }
        #expect(
            error?.description
                == "SQLite error 1: no such table: nowhere: SELECT x FROM nowhere")
    }

    @Test("a misspelt column in double quotes is an error, not a text")
    func doubleQuotes() {
        #expect(throws: DatabaseError.self) { try store.read { try $0.first(Values.quoted) } }
    }

    @Test("text read without a copy is the same text")
    func withText() throws {
        let bytes = try store.read { connection in
            try connection.firstRow(Values.echoText, "a\0ž") { row in row.withText(0) { Array($0) }
            }
        }
        #expect(bytes == Array("a\0ž".utf8))
    }
}
