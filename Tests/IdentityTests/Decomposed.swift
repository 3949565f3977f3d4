import Foundation

extension String {
    /// The same text with every letter taken apart (NFD).
    var decomposed: String { decomposedStringWithCanonicalMapping }
}
