/// Every maximum of an import, with its reason. None depends on the size of the file.
enum ImportLimits {
    /// A record must fit the line that the services accept, with the place that is added to it. A
    /// post of 32 000 characters, all escaped, takes 384 000 bytes.
    static let recordBytesMax = (1 << 20) - 64
    /// A member's name in the outermost object; beyond it the file is something else.
    static let nameBytesMax = 1 << 10
    /// Read from the file at once: large enough that the calls do not count, small enough for a
    /// cache.
    static let chunkBytes = 256 << 10
    /// Lines handed to the transport at once: the size libcurl takes them in.
    static let bodyBytes = 64 << 10
    /// Room for the line that goes beyond that.
    static let lineBytesUsual = 4 << 10
    /// Failed records that are shown one by one; the others are counted.
    static let failuresShownMax = 1000
    /// An answer that is no bulk report is a problem of a few hundred bytes.
    static let problemBytesMax = 64 << 10
    /// One line of a report: a problem with a complaint a member, with room to spare.
    static let reportLineBytesMax = 64 << 10
}
