import Bytes
import Routing
import SQLite
import Testing

@testable import Records

@Suite("Ids of new records")
struct IDSequenceTests {
    private struct Thing {}

    @Test("the next id follows the largest one in use")
    func next() throws {
        var ids = IDSequence<Thing>(last: 4)
        #expect(try ids.next() == ID(5))
        ids.insert(ID(9))
        #expect(try ids.next() == ID(10))
        #expect(!ids.isOutOfOrder)
    }

    @Test("a row below the largest id is out of order")
    func outOfOrder() throws {
        var ids = IDSequence<Thing>(last: 4)
        ids.insert(ID(2))
        #expect(ids.isOutOfOrder)
        #expect(try ids.next() == ID(5))
    }

    @Test("after the largest possible id there is none")
    func usedUp() {
        let ids = IDSequence<Thing>(last: ID<Thing>.rawValueMax)
        #expect(throws: APIError.self) { try ids.next() }
    }
}

@Suite("What the store says no to")
struct DatabaseErrorTests {
    @Test(
        "becomes a problem that tells the client what to do",
        arguments: [
            (DatabaseError.busy(path: "/secret"), APIErrorCode.overloaded),
            (.overloaded(path: "/secret"), .overloaded),
            (.closed(path: "/secret"), .serviceUnavailable),
            (.full(path: "/secret"), .storageFull), (.readOnly(path: "/secret"), .storageFull),
            (.corrupt(path: "/secret", reason: "torn"), .internal),
        ])
    func mapped(error: DatabaseError, code: APIErrorCode) {
        let problem = (error as any APIErrorConvertible).apiError
        #expect(problem.code == code)
        #expect(!problem.detail.contains("secret"))
    }
}
