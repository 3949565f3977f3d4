/// One of the three arrays of a lab-shaped file, and the service that keeps what is in it.
enum LabSection: String, CaseIterable, Sendable {
    case users, threads, posts

    /// Where its records are sent.
    var bulkPath: String { "/api/\(rawValue)/bulk" }
}
