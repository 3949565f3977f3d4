import Routing

/// A role as a number that the store can compare: 0 for guests, 3 for admins.
extension Role {
    var level: Int64 { Int64(Role.allCases.firstIndex(of: self) ?? 0) }

    /// The role of a level; a number that is none asks for the most.
    init(level: Int64) {
        let roles = Role.allCases
        self = roles.indices.contains(Int(clamping: level)) ? roles[Int(level)] : .admin
    }
}
