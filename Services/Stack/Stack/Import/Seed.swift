import Bytes
import JSON

/// The small forum: a lab-shaped document in `seed.json`, whose records also say when they were
/// made.
enum Seed {
    static let document = ByteString(PackageResources.seed_json)

    /// The people in it.
    static var users: [(id: Int, username: String)] {
        // The document is part of the program, and a test reads it.
        guard case .array(let users)? = try? JSONValue.parse(document)["users"] else { return [] }
        return users.compactMap { user in
            guard case .integer(let id)? = user["id"], case .string(let name)? = user["username"]
            else { return nil }
            return (Int(id), name)
        }
    }
}
