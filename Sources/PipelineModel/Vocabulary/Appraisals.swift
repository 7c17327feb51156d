/// Kind of appraisal (考核).
public enum AppraisalKind: String, Category {
    case annual, regular, special, closeUp

    public var chinese: String {
        switch self {
        case .annual: "年度考核"
        case .regular: "平时考核"
        case .special: "专项考核"
        case .closeUp: "近距离考核"
        }
    }
}

/// Grade of an appraisal: four of the annual one, four of the others (公务员考核规定, 2020).
public enum AppraisalGrade: String, Category {
    case excellent, competent, basicallyCompetent, incompetent
    case good, fairlyGood, average, poor

    public var chinese: String {
        switch self {
        case .excellent: "优秀"
        case .competent: "称职"
        case .basicallyCompetent: "基本称职"
        case .incompetent: "不称职"
        case .good: "好"
        case .fairlyGood: "较好"
        case .average: "一般"
        case .poor: "较差"
        }
    }
}

/// The six fields of the 六比竞赛 contest; a task belongs to one.
public enum ContestField: String, Category {
    case projects, reform, innovation, service, environment, partyBuilding

    public var chinese: String {
        switch self {
        case .projects: "比项目"
        case .reform: "比改革"
        case .innovation: "比创新"
        case .service: "比服务"
        case .environment: "比环境"
        case .partyBuilding: "比党建"
        }
    }
}

/// How a course of training ended.
public enum TrainingResult: String, Category {
    case passed, failed, missed

    public var chinese: String {
        switch self {
        case .passed: "合格"
        case .failed: "不合格"
        case .missed: "缺训"
        }
    }
}
