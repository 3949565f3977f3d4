/// The part of the topics that a list walks: each has its indexes.
enum TopicEntry: Equatable, Sendable {
    case all
    case category(Int64)
    case author(Int64)
    /// 0 for a tag that nobody has used.
    case tag(Int64)
    case pinned
    case pinnedInCategory(Int64)
    /// What this user follows, however closely.
    case followed(by: Int64)

    /// What its indexes are entered with.
    var key: Int64 {
        switch self {
        case .all, .pinned: 0
        case .category(let key), .author(let key), .tag(let key), .pinnedInCategory(let key),
            .followed(by: let key):
            key
        }
    }

    /// The orders that it has an index for.
    var sorts: [TopicListing.Sort] {
        switch self {
        case .all, .category: TopicListing.Sort.allCases
        case .author, .tag: [.id, .activity]
        case .pinned, .pinnedInCategory, .followed: [.id]
        }
    }

    /// The walk in one of `sorts`.
    func walk(_ sort: TopicListing.Sort, isUpward: Bool) -> Topics.ListQueries.Walk {
        let walks = walks(sort)
        return isUpward ? walks.up : walks.down
    }

    private typealias Lists = Topics.ListQueries
    private typealias Walks = (up: Topics.ListQueries.Walk, down: Topics.ListQueries.Walk)

    private func walks(_ sort: TopicListing.Sort) -> Walks {
        switch self {
        case .all: TopicEntry.ofAll(sort)
        case .category: TopicEntry.inCategory(sort)
        case .author where sort == .activity:
            (Lists.byAuthorActivityAscending, Lists.byAuthorActivityDescending)
        case .author: (Lists.byAuthorAscending, Lists.byAuthorDescending)
        case .tag where sort == .activity:
            (Lists.taggedByActivityAscending, Lists.taggedByActivityDescending)
        case .tag: (Lists.taggedAscending, Lists.taggedDescending)
        case .pinned: (Lists.pinnedAscending, Lists.pinnedDescending)
        case .pinnedInCategory:
            (Lists.pinnedInCategoryAscending, Lists.pinnedInCategoryDescending)
        case .followed: (Lists.followedAscending, Lists.followedDescending)
        }
    }

    private static func ofAll(_ sort: TopicListing.Sort) -> Walks {
        switch sort {
        case .id: (Lists.byIDAscending, Lists.byIDDescending)
        case .created: (Lists.byCreationAscending, Lists.byCreationDescending)
        case .activity: (Lists.byActivityAscending, Lists.byActivityDescending)
        case .replies: (Lists.byRepliesAscending, Lists.byRepliesDescending)
        case .hot: (Lists.byHeatAscending, Lists.byHeatDescending)
        }
    }

    private static func inCategory(_ sort: TopicListing.Sort) -> Walks {
        switch sort {
        case .id: (Lists.inCategoryByIDAscending, Lists.inCategoryByIDDescending)
        case .created:
            (Lists.inCategoryByCreationAscending, Lists.inCategoryByCreationDescending)
        case .activity:
            (Lists.inCategoryByActivityAscending, Lists.inCategoryByActivityDescending)
        case .replies: (Lists.inCategoryByRepliesAscending, Lists.inCategoryByRepliesDescending)
        case .hot: (Lists.inCategoryByHeatAscending, Lists.inCategoryByHeatDescending)
        }
    }
}
