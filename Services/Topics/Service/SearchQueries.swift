import SQLite
import Search

extension Topics {
    /// SQL of the search over titles and opening texts.
    enum SearchQueries {
        /// Topics that match, the newest first: expression, below which id, how many, the marks
        /// around what was found. The index is walked backwards and only as far as that; what it is
        /// asked for is never counted. (To ask for a snippet by itself is to match once more.)
        static let newest = Query<
            (String, Int64, Int64, StaticString, StaticString), Match
        >(
            """
            SELECT rowid, snippet(search, 0, ?4, ?5, '…', 24), snippet(search, 1, ?4, ?5, '…', 24)
            FROM search WHERE search MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC LIMIT ?3
            """, Match.init(row:))
    }

    /// What the index says of a topic.
    struct Match {
        let topic: Int64
        /// Of the text if the words are there, else of the title.
        let marked: String

        /// Columns: topic, a piece of the title, one of the text.
        init(row: borrowing Row) {
            topic = row.int64(0)
            let text = row.text(2)
            marked = text.contains("\(Snippet.open)") ? text : row.text(1)
        }
    }
}
