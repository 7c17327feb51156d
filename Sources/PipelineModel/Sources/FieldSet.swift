/// Named fields that a condition may look at: those of a role, or those of a cadre's posts.
public struct FieldSet: Hashable, Sendable {
    /// What has the fields, for messages: `petitions`, `a cadre in post`.
    public let name: String
    /// In the order of the values that conditions are evaluated on.
    public let fields: [SourceField]

    /// Fields under a name.
    public init(name: String, fields: [SourceField]) {
        self.name = name
        self.fields = fields
    }

    /// The place of a field; `nil` where there is none of the name.
    public func index(of field: String) -> Int? { fields.firstIndex { $0.name == field } }
}

extension SourceRole {
    /// The role's fields, for conditions.
    public var fieldSet: FieldSet { FieldSet(name: rawValue, fields: fields) }
}

extension FieldSet {
    /// One post that a cadre holds or has held, with the unit it is in.
    public static let heldPost = FieldSet(
        name: "a held post", fields: postFields + [SourceField("end_date", .date, "last day in the post; missing while it lasts")])

    /// A cadre in service with the present post. Sex, age and ethnic group are not among the fields: they feed the fairness report alone (guard rail 7).
    public static let cadreInPost = FieldSet(
        name: "a cadre in post",
        fields: postFields + [
            SourceField("civil_service_class", .category(CategoryDescription(CivilServiceClass.self)), "class of civil servant"),
            SourceField("specialty", .text, "field of study or profession"),
            SourceField("entry_date", .date, "first day in service"),
        ])

    private static let postFields = [
        SourceField("kind", .category(CategoryDescription(KindOfBody.self)), "kind of body of the unit"),
        SourceField("unit", .text, "number of the unit"),
        SourceField("unit_name", .text, "full name of the unit"),
        SourceField("post", .text, "title of the post"),
        SourceField("post_type", .text, "type of the post"),
        SourceField("rank", .text, "rank in the post"),
        SourceField("start_date", .date, "first day in the post"),
    ]
}
