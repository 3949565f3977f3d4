import JSON

/// The name of a tag: small letters and digits of any script, with single hyphens between.
package struct TagName: Hashable, Sendable {
    package let text: String

    /// The name that `text` spells, in small letters; nil if it is none.
    package init?(_ text: String) {
        let small = text.lowercased()
        guard TopicLimits.tagCharacters.contains(small.unicodeScalars.count) else { return nil }
        var isAfterHyphen = true
        for scalar in small.unicodeScalars {
            let isHyphen = scalar == "-"
            if isHyphen && isAfterHyphen { return nil }
            if !isHyphen && !TagName.isKept(scalar) { return nil }
            isAfterHyphen = isHyphen
        }
        if isAfterHyphen { return nil }
        self.text = small
    }

    /// The names without repetition; one that is none is a complaint about its place.
    static func list(_ texts: [String], _ fields: inout JSONFields) -> [TagName] {
        var names: [TagName] = []
        for (index, text) in texts.enumerated() {
            if let name = TagName(text) {
                if !names.contains(name) { names.append(name) }
            } else {
                fields.complain("tags/\(index)", "not-a-tag", TagName.rule)
            }
        }
        return names
    }

    /// What a tag looks like, for people.
    package static let rule =
        "a tag is \(TopicLimits.tagCharacters.lowerBound) to "
        + "\(TopicLimits.tagCharacters.upperBound) letters and digits, single hyphens between"

    private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.generalCategory == .decimalNumber
            || scalar.properties.generalCategory == .nonspacingMark
    }
}
