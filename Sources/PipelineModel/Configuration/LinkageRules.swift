/// When a target written in words counts for a cadre. `pipelines/rules/linkage.yaml`.
public struct LinkageRules: Hashable, Sendable {
    /// Posterior probability from which a target is linked, 0.5 to 1.
    public var linkAbove: Double
    /// Posterior probability from which a person is asked; not over `linkAbove`. Under it a target means nobody on the roster.
    public var reviewAbove: Double
    /// Days before and after a tenure in which the cadre may still, or already, be called by it.
    public var nearDays: Int
    /// Words that end a title: 局长 in 党组书记、局长 and in 张局长. The longest that fits is taken.
    public var titles: [String]

    /// The rules where the pipeline names no file.
    public init(linkAbove: Double = 0.9, reviewAbove: Double = 0.05, nearDays: Int = 90, titles: [String] = LinkageRules.commonTitles) {
        self.linkAbove = linkAbove
        self.reviewAbove = reviewAbove
        self.nearDays = nearDays
        self.titles = titles
    }

    /// Titles that are common everywhere.
    public static let commonTitles = [
        "书记", "副书记", "市长", "副市长", "县长", "副县长", "区长", "副区长", "镇长", "副镇长", "乡长", "副乡长", "主席", "副主席", "局长", "副局长",
        "部长", "副部长", "主任", "副主任", "处长", "副处长", "科长", "副科长", "秘书长", "副秘书长", "校长", "副校长", "院长", "副院长", "董事长",
        "副董事长", "总经理", "副总经理", "经理", "副经理", "队长", "副队长", "站长", "副站长", "所长", "副所长", "主要负责人", "副职负责人", "负责人",
        "班子成员", "副职", "调研员", "主任干事", "干事", "干部", "主管", "科员", "教授", "副教授", "讲师",
    ]
}
