public import PipelineModel

/// Whether a row counts one unit or all of them.
public enum CountScope: String, Category {
    case all, unit

    public var chinese: String {
        switch self {
        case .all: "合计"
        case .unit: "单位"
        }
    }
}

/// Whether somebody named for a course has a place in its next session.
public enum RosterStatus: String, Category {
    case invited, waits

    public var chinese: String {
        switch self {
        case .invited: "列入"
        case .waits: "候补"
        }
    }
}

/// What is to be expected of a share.
public enum TargetOutlook: String, Category {
    /// The target is reached tonight.
    case met
    /// At the pace of the last weeks it is reached on a day within the horizon.
    case projected
    /// The share stands still or falls, or the day is beyond the horizon.
    case notInSight
    /// Too few weeks have a night to say a pace.
    case tooFewNights
    /// Nobody is in the denominator: the share is unknown.
    case nothingCounted

    public var chinese: String {
        switch self {
        case .met: "已达标"
        case .projected: "可预计"
        case .notInSight: "尚无达标迹象"
        case .tooFewNights: "夜次不足"
        case .nothingCounted: "无统计对象"
        }
    }
}

/// Where a secretary is against the window of promotion.
public enum PromotionWindow: String, Category {
    case before, within, past

    public var chinese: String {
        switch self {
        case .before: "未到"
        case .within: "窗口期内"
        case .past: "已过"
        }
    }
}

/// Which limit of service in one place comes first.
public enum RotationLimit: String, Category {
    case post, unit

    public var chinese: String {
        switch self {
        case .post: "任职年限"
        case .unit: "单位年限"
        }
    }
}

/// Whether a limit of service is passed.
public enum RotationStatus: String, Category {
    case overdue, soon

    public var chinese: String {
        switch self {
        case .overdue: "超期"
        case .soon: "将到期"
        }
    }
}
