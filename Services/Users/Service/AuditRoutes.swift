import Bytes
import HTTP
import Records
import Routing
import SQLite
import UsersAPI

extension Users {
    /// What was done to accounts, newest first.
    func auditLog(_ request: borrowing Request) throws -> Response {
        try store.list(
            request, sort: "audit",
            tag: { ETag("a", try $0.one(Queries.lastAudit), version: 0) },
            rows: { reader, border in
                if border.isBackward {
                    return try reader.all(Queries.auditAfter, border.number, border.rowsWanted)
                }
                let start = border.row == nil ? Int64.max : border.number
                return try reader.all(Queries.auditBefore, start, border.rowsWanted)
            },
            place: { (.none, $0.id.rawValue) })
    }
}
