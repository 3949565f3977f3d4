/// Every maximum of this module, with its reason.
package enum MarkdownLimits {
    /// Unicode scalars of a text: some ten printed pages, what a post may hold. What lies beyond is
    /// left out: to refuse a text is its receiver's business.
    package static let textCharactersMax = 32_000

    /// Quotes and list items inside one another. Nobody reads the seventeenth level, and each line
    /// is compared with every open one: this is what keeps the work linear.
    package static let containersMax = 16

    /// Emphasis, links and strikes inside one another: browsers stop at some hundred elements, and
    /// people at three.
    package static let inlineDepthMax = 32

    /// People that one post may call, and apart from them those that its quotes name.
    package static let mentionsMax = 20

    /// Characters of a name, as for accounts.
    package static let mentionCharacters = 2...32

    /// Characters looked at behind an `@`: the longest name and some dots and dashes behind it.
    static let mentionRunMax = 64

    /// Questions to the caller about names: three spellings each.
    static let mentionLookupsMax = 3 * mentionsMax

    /// Posts that one post may quote: each becomes a reference that others read.
    package static let quotesMax = 20

    /// Digits of a post's number: identifiers stay below 2^53.
    static let postDigitsMax = 15

    /// Bytes of an address. Browsers and servers agree on some 2 000; longer ones are trackers.
    package static let addressBytesMax = 2_000

    /// Round brackets inside one another in an address: a bound for a search that would otherwise
    /// begin again at each of them.
    static let addressBracketsMax = 32

    /// Bytes of a link's label, CommonMark's own maximum.
    static let labelBytesMax = 999

    /// Bytes of addresses and titles that references may repeat: one long definition used by
    /// thousands of short references would make a page of megabytes.
    static let repeatedBytesMax = 64_000

    /// Digits before the mark of an ordered list, CommonMark's own maximum: browsers count in 32
    /// bits.
    static let listDigitsMax = 9

    /// Bytes of the name of a programming language.
    static let languageBytesMax = 32

    /// Unicode scalars of an excerpt: two lines of a list.
    package static let excerptCharactersMax = 200
}
