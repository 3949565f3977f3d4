/// Every maximum of this module, with its reason.
package enum TextDiffLimits {
    /// Words or lines that may differ in one stretch before it is simply replaced: nobody reads a
    /// thousand scattered changes, and the memory of the search grows with the square.
    package static let editsMax = 1_000

    /// Comparisons for one pair of texts: some milliseconds. What is left when they are used up is
    /// replaced, which is right, if coarse.
    package static let comparisonsMax = 1_000_000
}
