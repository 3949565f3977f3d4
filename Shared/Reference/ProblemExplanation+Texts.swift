import HTTP
import Routing

extension ProblemExplanation {
    /// The explanation of one problem; the compiler sees that none is missing.
    init(_ code: APIErrorCode) {
        let (meaning, advice) = ProblemExplanation.texts(code)
        self.init(code: code, meaning: meaning, advice: advice)
    }

    private static func texts(_ code: APIErrorCode) -> (meaning: String, advice: String) {
        switch code.status.code {
        case 401, 403: identity(code)
        case 409, 412, 423, 428: state(code)
        case 500...: server(code)
        default: request(code)
        }
    }

    /// What was sent cannot be taken.
    private static func request(_ code: APIErrorCode) -> (meaning: String, advice: String) {
        switch code {
        case .malformed:
            (
                "The request breaks a rule of HTTP, of JSON or of a parameter: a number that is "
                    + "none, a body that ends too early, a parameter given twice.",
                "The detail names the place. Sending the same again will not help."
            )
        case .cursorMismatch:
            (
                "The cursor was made for another list: another address, another order or other "
                    + "filters.",
                "Follow the Link fields of an answer as they are, or begin without a cursor."
            )
        case .notFound:
            (
                "There is nothing at this address, or nothing that you may know of: both look the "
                    + "same on purpose.",
                "Check the number. If it is in a category for members, sign in."
            )
        case .methodNotAllowed:
            (
                "The address exists and does not understand this method.",
                "The Allow field lists the methods that it understands."
            )
        case .notAcceptable:
            (
                "None of the forms that the Accept field asks for is served here.",
                "Ask for application/json, or leave Accept out."
            )
        case .gone:
            (
                "It was here once and has been deleted for good.",
                "Forget the address."
            )
        case .tooLarge:
            (
                "The body is larger than this address takes.",
                "The detail says how large it may be. Loads of any size go to the bulk addresses."
            )
        case .unsupportedMediaType:
            (
                "The body is of a kind that is not read here, or is compressed.",
                "Send application/json, uncompressed; lines go to the bulk addresses."
            )
        case .validation:
            (
                "The request was understood, and something in it is not allowed. Every fault is "
                    + "listed at once in errors: where it is, a code for programs, a sentence for "
                    + "people.",
                "Mend the members that the pointers name and send it again."
            )
        case .idempotencyReuse:
            (
                "This Idempotency-Key came before with another request.",
                "Use a new key for each new thing; the same key is for the same request again."
            )
        case .rateLimited:
            (
                "There were more requests of this kind than the quota allows.",
                "Wait for the seconds of Retry-After. RateLimit tells what is left before it comes "
                    + "to this."
            )
        default:
            (
                "The fields of the request are longer than any request needs.",
                "Send fewer or shorter fields; often it is a cookie that grew."
            )
        }
    }

    /// Who asks is not known, or may not.
    private static func identity(_ code: APIErrorCode) -> (meaning: String, advice: String) {
        switch code {
        case .unauthenticated:
            (
                "This is for somebody, and the request does not say who sends it; or what it shows "
                    + "is no token of this forum.",
                "Sign in with POST /api/users/sessions and send the access token as Authorization: "
                    + "Bearer."
            )
        case .tokenExpired:
            (
                "The access token was good once: its ten minutes are over, or its session was "
                    + "ended.",
                "Change the refresh token for new ones with POST /api/users/sessions/refresh; if "
                    + "that is refused, sign in."
            )
        case .invalidCredentials:
            (
                "Name and password do not belong together, or the refresh token is not good any "
                    + "more. Which of them is wrong is not told.",
                "Try again, slowly: attempts are counted."
            )
        case .banned:
            (
                "A moderator has banned this account from this, for a time or until the ban is "
                    + "lifted.",
                "GET /api/users/me shows bans that still let you in, each with its reason and end."
            )
        default:
            (
                "It is clear who asks, and this is not theirs to do: it needs another role, or "
                    + "another scope of the token, or the owner.",
                "The detail says what is missing. Sending the same again will not help."
            )
        }
    }

    /// Things are not as the request takes them to be.
    private static func state(_ code: APIErrorCode) -> (meaning: String, advice: String) {
        switch code {
        case .idempotencyInFlight:
            (
                "A request with the same Idempotency-Key is still being carried out.",
                "Wait a second and send it again: then the answer of the first one is given."
            )
        case .preconditionFailed:
            (
                "It was changed since you read it: the ETag in If-Match is of an older state.",
                "Read it again, put your change on top, and send the new ETag. Posts bring their "
                    + "present text as current, so that both can be shown side by side."
            )
        case .locked:
            (
                "The thread is locked: nobody but moderators writes there now.",
                "The lock may have an end, which the thread shows."
            )
        case .preconditionRequired:
            (
                "Edits say which state they are made from, so that nobody's work is overwritten "
                    + "unseen.",
                "Send the ETag of what you read as If-Match; * stands for any state."
            )
        default:
            (
                "As things are, this cannot be done: it was done before, or something else forbids "
                    + "it.",
                "Read the present state; the detail says what stands in the way."
            )
        }
    }

    /// Nothing is wrong with the request.
    private static func server(_ code: APIErrorCode) -> (meaning: String, advice: String) {
        switch code {
        case .badGateway:
            (
                "A service was reached and gave no whole, valid answer.",
                "Reads may be sent again at once. A write may have happened: send it again with "
                    + "its Idempotency-Key."
            )
        case .serviceUnavailable:
            (
                "The service that answers for this address is not running, or is starting or "
                    + "ending. The others go on.",
                "Try again after the seconds of Retry-After."
            )
        case .dependencyUnavailable:
            (
                "This one thing needs an answer from another service, which cannot be reached now. "
                    + "Guessing would be worse than saying so.",
                "Try again after the seconds of Retry-After."
            )
        case .overloaded:
            (
                "More is waiting here than can be answered in time, so this request was not begun.",
                "Try again after the seconds of Retry-After, and a little later each time."
            )
        case .storageFull:
            (
                "The disk is full: nothing can be written, everything can be read.",
                "Tell the operator, who sees it in the log as well."
            )
        case .gatewayTimeout:
            (
                "A service did not answer in time. It may still carry out what was asked.",
                "Send a write again with the Idempotency-Key that it had."
            )
        default:
            (
                "Something went wrong that nobody expected. It has been reported with the trace "
                    + "that the problem shows.",
                "Try again after the seconds of Retry-After; if it stays, tell the operator the "
                    + "trace."
            )
        }
    }
}
