package import Bytes
package import JSON

/// The order that categories are to be shown in.
package struct CategoryOrder: Equatable, Sendable {
    /// Those that are not named stay behind those that are, as they were.
    package let order: [ID<Category>]
}

extension CategoryOrder: JSONDecodable {
    package init(from fields: inout JSONFields) {
        order = fields.requiredIDs(
            "order", as: Category.self, count: 1...TopicLimits.categoriesMax)
        if Set(order).count < order.count {
            fields.complain("order", "repeated", "each category has one place")
        }
    }
}
