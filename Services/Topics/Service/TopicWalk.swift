import Records
import SQLite
import TopicsAPI

/// A walk along the indexes of a list, one for each band that its reader sees, merged by key.
///
/// It meets nothing that its reader may not see, so a page costs what a page costs, however much is
/// hidden. What a filter without an index leaves out is met, and counted: after
/// `TopicLimits.looksMax` topics the page ends short and says where to go on.
struct TopicWalk: Sendable {
    struct Stream: Sendable {
        let entry: TopicEntry
        let band: Int64
    }

    let streams: [Stream]
    let sort: TopicListing.Sort
    let isUpward: Bool
    /// Later positions of the order of activity are left out.
    let anchor: Int64
    /// Keys below it are left out.
    let floor: Int64?

    /// Where the streams of a list begin for `sight`.
    static func streams(
        _ entry: TopicEntry, _ state: ListedState, category: CategoryRow?, for sight: Sight
    ) -> [Stream] {
        let bands = TopicBand.seen(state, byLevel: sight.viewer.level)
        switch entry {
        case .category, .pinnedInCategory:
            let band = category.map { TopicBand.of(state, $0.levels) }
            return [band].compactMap(\.self).map { Stream(entry: entry, band: $0) }
        case .followed: return [Stream(entry: entry, band: 0)]
        case .all, .author, .tag, .pinned: break
        }
        let own = sight.moderated.sorted { $0.key < $1.key }
            .map { (category: $0.key, band: TopicBand.of(state, $0.value)) }
            .filter { !bands.contains($0.band) }
        let everywhere = bands.map { Stream(entry: entry, band: $0) }
        if entry == .all {
            return everywhere + own.map { Stream(entry: .category($0.category), band: $0.band) }
        }
        return everywhere + Set(own.map(\.band)).sorted().map { Stream(entry: entry, band: $0) }
    }

    /// The first `count` rows beyond `border` that `shows` wants, in the order of the walk.
    func rows<Source: Reader & ~Copyable>(
        from border: TopicSpot?, count: Int, _ reader: borrowing Source,
        shows: (TopicRow) throws -> Bool
    ) throws -> ListRows<TopicRow> {
        var border = border ?? start
        var rows: [TopicRow] = []
        var looked = 0
        while true {
            let wanted = min(max(count - rows.count, looked), TopicLimits.looksMax - looked)
            let spots = try spots(beyond: border, count: wanted, reader)
            for row in try TopicWalk.load(spots.map(\.id), reader) where try shows(row) {
                rows.append(row)
                if rows.count == count { return ListRows(rows) }
            }
            looked += spots.count
            guard let last = spots.last, spots.count == wanted else { return ListRows(rows) }
            border = last
            if looked >= TopicLimits.looksMax {
                return ListRows(rows, end: (sort.cursorKey(last.key), last.id))
            }
        }
    }

    private var start: TopicSpot {
        guard isUpward else { return TopicSpot(key: .max, id: .max) }
        return TopicSpot(key: floor ?? .min, id: .min)
    }

    private func spots<Source: Reader & ~Copyable>(
        beyond border: TopicSpot, count: Int, _ reader: borrowing Source
    ) throws -> [TopicSpot] {
        var key = border.key
        // What moved up since page one is beyond the anchor, also where that is the way back.
        if sort == .activity, !isUpward, anchor < Int64.max { key = min(key, anchor + 1) }
        var spots: [TopicSpot] = []
        for stream in streams {
            spots += try reader.all(
                stream.entry.walk(sort, isUpward: isUpward), stream.entry.key, stream.band, key,
                border.id, anchor, Int64(count))
        }
        if streams.count > 1 { spots.sort { isUpward ? $0 < $1 : $1 < $0 } }
        if let floor, !isUpward { spots = Array(spots.prefix { $0.key >= floor }) }
        return spots.count > count ? Array(spots[..<count]) : spots
    }

    /// Whole topics, in the order of their ids.
    static func load<Source: Reader & ~Copyable>(
        _ ids: [Int64], _ reader: borrowing Source
    ) throws -> [TopicRow] {
        if ids.isEmpty { return [] }
        let list = ids.map { "\($0)" }.joined(separator: ",")
        return try reader.topics(Topics.ListQueries.rows, "[\(list)]")
    }
}
