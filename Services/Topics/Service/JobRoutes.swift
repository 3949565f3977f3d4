import Bytes
import HTTP
import JSON
import Records
import Routing
import SQLite
import TopicsAPI

// Work on many topics: begun by other routes, looked at here, gone on with beside the requests.
extension Topics {
    // swift-format-ignore
    var jobRoutes: [Route] {[
        .get("/api/threads/jobs/{job}", job).by(.admin(Topics.keeping)),
    ]}

    /// For admins: how many threads there are in a category is not for everybody to know.
    func job(_ request: borrowing Request) throws -> Response {
        let name = try request.path("job")
        let job = try store.read { reader in
            try TopicJob.id(name).flatMap { try reader.first(TopicJob.Queries.byID, $0) }
        }
        guard let job else { throw APIError.notFound("job \(name)") }
        return try .json(job, for: request, cache: .personal)
    }

    /// Goes on with one job, by one short transaction; false when there is none. To be called until
    /// then, again and again: by any process over the store, whoever began it.
    package func continueJobs() async throws -> Bool {
        // Most looks find nothing, and wake no writer.
        guard try store.read({ try $0.first(TopicJob.Queries.running) }) != nil else {
            return false
        }
        return try await store.write { transaction in
            guard let job = try transaction.first(TopicJob.Queries.running) else { return false }
            try job.step(transaction)
            return true
        }
    }
}

extension Response {
    /// A 202 with the job and where to look at it.
    static func accepted(_ job: TopicJob) -> Response {
        var writer = JSONWriter(capacity: 160)
        writer.record(job)
        var response = Response.json(writer.finish(), status: .accepted, cache: .personal)
        response.fields.append(.location, "/api/threads/jobs/\(job.name)")
        return response
    }
}
