/// Why a message is refused: what was wrong, and the status that says so. The connection closes
/// after it.
package struct HTTPFault: Error, Equatable, Sendable {
    package let status: Status
    /// A stable word for logs and metrics, such as `bare-line-feed`.
    package let code: StaticString
    /// One sentence for the person who sent it.
    package let detail: String

    package init(_ status: Status, _ code: StaticString, _ detail: String) {
        self.status = status
        self.code = code
        self.detail = detail
    }

    package static func == (left: HTTPFault, right: HTTPFault) -> Bool {
        left.status == right.status && "\(left.code)" == "\(right.code)"
    }
}
