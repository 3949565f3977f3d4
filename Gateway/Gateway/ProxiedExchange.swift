import Bytes
import HTTP
import HTTPClient
import Reactor

/// What is known of the request a connection is in. Reused from request to request, so that its
/// lists keep their memory.
struct ProxiedExchange: ~Copyable {
    /// Body bytes kept so that a request can be sent again: what a fresh connection has not taken
    /// yet, plus one read. Longer bodies are sent once.
    static let keptBytesMax = 2 * 64 * 1024

    /// Nil once the exchange is over.
    var head: RequestHead?
    var asked: ClientAnswer.Asked?
    var rule: RoutedRule?
    var targets: TargetSet?
    var trail = AttemptTrail()
    /// The body so far, as long as it is short enough to be sent again.
    var kept = ByteBuffer()
    var canReplay = true
    var isBodyComplete = false
    var hasForgivenReuse = false
    /// The client went away before it was answered.
    var isAborted = false
    /// The status of the target, once it answered.
    var targetStatus: Int?
    /// When the last attempt began, and when the answer to it did.
    var sentNanoseconds: Int64 = 0
    var answeredNanoseconds: Int64 = 0

    /// A request begins.
    mutating func begin(_ head: RequestHead) {
        reset()
        self.head = head
        asked = ClientAnswer.Asked(head)
        isBodyComplete = !head.framing.hasContent
    }

    /// Nothing is under way.
    mutating func reset() {
        head = nil
        asked = nil
        rule = nil
        targets = nil
        trail.removeAll()
        kept.release()
        canReplay = true
        isBodyComplete = false
        hasForgivenReuse = false
        isAborted = false
        targetStatus = nil
        sentNanoseconds = 0
        answeredNanoseconds = 0
    }

    /// Remembers a piece of the body until there are too many. A connection on its way holds its
    /// sender back before that, so a longer body is known to have reached a target.
    mutating func keep(_ bytes: UnsafeRawBufferPointer) {
        guard canReplay, targetStatus == nil else { return }
        if kept.count + bytes.count <= ProxiedExchange.keptBytesMax {
            unsafe kept.append(bytes)
        } else {
            forgetBody()
        }
    }

    /// The request cannot, or need not, be sent again.
    mutating func forgetBody() {
        kept.release()
        canReplay = false
    }

    /// What a retry depends on.
    func circumstances(_ method: HTTP.Method) -> RetryPolicy.Circumstances {
        RetryPolicy.Circumstances(
            method: method, attempts: trail.count, canReplay: canReplay,
            hasForgivenReuse: hasForgivenReuse)
    }
}
