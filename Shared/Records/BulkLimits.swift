/// Every maximum of a bulk load, with its reason. None depends on the size of the load.
package enum BulkLimits {
    /// One line is one record: a message of 32 000 characters, all escaped, takes 384 000 bytes.
    /// A longer line fails alone.
    package static let lineBytesMax = 1 << 20
    /// Records in one commit. An index over random keys has most of its pages touched by a commit
    /// of any size, so that fewer and larger ones cost less a row: measured from 2 000 to 20 000,
    /// a third. Beyond, others would wait for the writer longer than a fifth of a second.
    package static let recordsPerCommitMax = 20_000
    /// Bytes of lines in one commit, so that long messages do not fill the memory.
    package static let bytesPerCommitMax = 4 << 20
    /// Results are handed to the connection in pieces of this size.
    static let reportBytes = 32 << 10
}
