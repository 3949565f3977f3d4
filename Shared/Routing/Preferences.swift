import Bytes
package import HTTP

// What a client would like, and need not get (RFC 7240).
extension RequestHead {
    /// The value of the preference `name`, in lower case, without quotes; empty for one without a
    /// value, nil when it is not there. The first counts; parameters are left out.
    package func preference(_ name: StaticString) -> String? {
        guard storage.has(.prefer) else { return nil }
        for line in storage.lines where line.known == .prefer {
            for preference in storage.text(line.value).split(separator: ",") {
                let word = preference.prefix { $0 != ";" }
                let parts = word.split(separator: "=", maxSplits: 1).map {
                    $0.filter { $0 != " " && $0 != "\t" }
                }
                guard let first = parts.first, first.lowercased() == "\(name)" else { continue }
                return parts.count < 2 ? "" : parts[1].filter { $0 != "\"" }
            }
        }
        return nil
    }
}

extension Request {
    /// How many seconds the client would wait for more than the least (RFC 7240 §4.3), at most
    /// `max`; nil without `Prefer: wait=…` or with one that is no number.
    package borrowing func preferredWaitSeconds(max: Int) -> Int? {
        guard let text = head.preference("wait"), let seconds = DecimalText.parse(text) else {
            return nil
        }
        return Int(min(seconds, Int64(max)))
    }
}
