import Fixture
import HTTP
import MessagesService

/// A forum of messages alone, empty.
func messagesForum(
    clock: @escaping @Sendable () -> Int64 = { 1_767_225_600_000 }
) throws -> LoopbackForum {
    try LoopbackForum(clock: clock) { parts in
        [
            Messages(
                store: try parts.store("messages", Messages.schema),
                probe: SignedForum.everyThread)
        ]
    }
}

/// A post as the lab's file has it.
func post(_ thread: Int, _ text: String, _ user: Int, place: Int? = nil) -> String {
    let place = place.map { #","place":\#($0)"# } ?? ""
    return #"{"thread":\#(thread),"text":\#(JSONText.string(text)),"user":\#(user)\#(place)}"#
}
