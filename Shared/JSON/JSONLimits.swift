/// Every maximum of the JSON reader, with its reason. Reaching one is an error with an offset.
package enum JSONLimits {
    /// Arrays and objects inside each other: no message of the forum needs a quarter of it, and
    /// recursion stays shallow on a loop's stack.
    package static let depthMax = 32
    /// The characters of one number: a double needs 24, exact decimals some more.
    package static let numberBytesMax = 256
    /// Complaints collected about one document: more than a person would read at once.
    package static let complaintsMax = 32
    /// Names of one object compared pairwise; beyond it a set finds duplicates, so that an object
    /// of a megabyte is not quadratic.
    static let namesComparedPairwiseMax = 16
}
