import Bytes

/// An `@` with a name, at the place in the page where it is to stand.
struct Mention {
    /// Where in the HTML it goes.
    let offset: Int
    /// All characters of names behind the `@`; the last ones may belong to the sentence.
    let run: String
    /// Whether it stands in a quote: then it is the name of somebody whom this post does not call.
    let isQuoted: Bool

    /// Letters, digits, `_`, `.` and `-`, as in the names of accounts.
    static let nameBytes = ByteSet(alphanumericAnd: "_.-")

    /// The name without the dots and dashes that end a sentence; nil if that is no name.
    static func name(in run: ArraySlice<UInt8>) -> String? { spelling(of: run, without: ".-") }

    /// What may be meant, the likeliest first: an account may be called `neo_` or even `jr.`.
    static func spellings(_ run: String) -> [String] {
        let bytes = Array(run.utf8)[...]
        var spellings: [String] = []
        for signs in ["", ".-", "._-"] {
            if let spelling = spelling(of: bytes, without: signs), spellings.last != spelling {
                spellings.append(spelling)
            }
        }
        return spellings
    }

    private static func spelling(of run: ArraySlice<UInt8>, without signs: String) -> String? {
        var name = run
        while let last = name.last, signs.utf8.contains(last) { name.removeLast() }
        guard MarkdownLimits.mentionCharacters.contains(name.count) else { return nil }
        return String(decoding: name, as: UTF8.self)
    }
}

/// The people that a text mentions, and who they are.
struct MentionRegister {
    struct Person {
        let name: String
        /// The name in lower case: accounts differ by more than case.
        let key: String
        /// nil when nobody has the name.
        let id: Int64?
    }

    private(set) var people: [Person] = []
    private var lookups = 0
    /// What was found out about each run of characters, in lower case.
    private var answers: [String: Person?] = [:]

    /// Who is meant by a run of characters; nil when there are too many people already. Asks `user`
    /// a bounded number of times, however many mentions there are.
    mutating func person<Failure: Error>(
        _ run: String, _ user: (String) throws(Failure) -> Int64?
    ) throws(Failure) -> Person? {
        let key = run.lowercased()
        if let answer = answers[key] { return answer }
        let person = try find(run, user)
        answers[key] = .some(person)
        return person
    }

    private mutating func find<Failure: Error>(
        _ run: String, _ user: (String) throws(Failure) -> Int64?
    ) throws(Failure) -> Person? {
        for spelling in Mention.spellings(run) {
            if let known = known(spelling), known.id != nil { return known }
            guard lookups < MarkdownLimits.mentionLookupsMax else { continue }
            lookups += 1
            if let id = try user(spelling) { return add(spelling, id) }
        }
        let name = Mention.name(in: Array(run.utf8)[...]) ?? run
        return known(name) ?? add(name, nil)
    }

    private func known(_ name: String) -> Person? {
        let key = name.lowercased()
        return people.first { $0.key == key }
    }

    private mutating func add(_ name: String, _ id: Int64?) -> Person? {
        guard people.count < MarkdownLimits.mentionsMax else { return nil }
        let person = Person(name: name, key: name.lowercased(), id: id)
        people.append(person)
        return person
    }
}
