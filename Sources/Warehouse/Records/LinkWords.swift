public import PipelineModel

/// How far the unit as written agrees with one that a cadre serves in. In the order of a comparison's levels, as are the others here.
public enum UnitAgreement: String, Category {
    case exact, alias, formerName, related, different

    public var chinese: String {
        switch self {
        case .exact: "相同"
        case .alias: "简称"
        case .formerName: "曾用名"
        case .related: "上级或下级单位"
        case .different: "不同"
        }
    }
}

/// How far the name as written agrees with a cadre's.
public enum NameAgreement: String, Category {
    case exact, variant, oneCharacter, surname, different

    public var chinese: String {
        switch self {
        case .exact: "相同"
        case .variant: "去空格、称谓后相同"
        case .oneCharacter: "一字之差"
        case .surname: "仅姓相同"
        case .different: "不同"
        }
    }
}

/// How far the post as written agrees with the one that a cadre holds.
public enum PostAgreement: String, Category {
    case exact, shortened, sameType, different

    public var chinese: String {
        switch self {
        case .exact: "相同"
        case .shortened: "职务简写"
        case .sameType: "同类职务"
        case .different: "不同"
        }
    }
}

/// Where the day of the event lies to a cadre's tenure.
public enum DateAgreement: String, Category {
    case inTenure, near, outside

    public var chinese: String {
        switch self {
        case .inTenure: "任期内"
        case .near: "任期前后"
        case .outside: "任期外"
        }
    }
}

/// What became of a target as written.
public enum LinkOutcome: String, Category {
    case linked, review, notLinked

    public var chinese: String {
        switch self {
        case .linked: "已关联"
        case .review: "待人工核对"
        case .notLinked: "未关联"
        }
    }
}

/// Why a target is not linked by itself.
public enum LinkDoubt: String, Category {
    case probability, homonyms, otherName, otherUnit

    public var chinese: String {
        switch self {
        case .probability: "把握不足"
        case .homonyms: "同单位同名"
        case .otherName: "姓名不符"
        case .otherUnit: "单位未写明或不符"
        }
    }
}
