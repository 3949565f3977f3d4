import SQLite
import Search

extension Topics {
    /// SQL of the search over titles and opening texts.
    enum SearchQueries {
        /// Topics that match, the newest first: expression, below which id, how many. The index is
        /// walked backwards and only as far as that; what it is asked for is never counted.
        static let newest = Query<(String, Int64, Int64), Int64>(
            """
            SELECT rowid FROM search WHERE search MATCH ?1 AND rowid < ?2
            ORDER BY rowid DESC LIMIT ?3
            """
        ) { $0.int64(0) }
        /// expression, the marks around what was found, topic
        static let snippet = Query<(String, StaticString, StaticString, Int64), Snippet>(
            """
            SELECT snippet(search, -1, ?2, ?3, '…', 24) FROM search
            WHERE search MATCH ?1 AND rowid = ?4
            """
        ) { Snippet(marked: $0.text(0)) }
    }
}
