/// Every maximum of a topic, with its reason.
package enum TopicLimits {
    /// Two letters say nothing; two hundred fill two lines of a list.
    package static let titleCharacters = 3...200
    /// Long enough to recognise a title in an address, short enough to paste.
    package static let slugCharactersMax = 80
}
