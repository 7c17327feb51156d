/// Kind of body that an official serves in; chooses the appraisal scheme.
public enum KindOfBody: String, Category {
    case county, municipalOrgan, university, stateEnterprise, township

    public var chinese: String {
        switch self {
        case .county: "县(市、区)"
        case .municipalOrgan: "市直机关"
        case .university: "高校"
        case .stateEnterprise: "国企"
        case .township: "乡镇(街道)"
        }
    }
}

/// Class of civil servant (公务员法, art. 16).
public enum CivilServiceClass: String, Category {
    case generalAdministration, lawEnforcement, professionalTechnical

    public var chinese: String {
        switch self {
        case .generalAdministration: "综合管理"
        case .lawEnforcement: "行政执法"
        case .professionalTechnical: "专业技术"
        }
    }
}

/// Sex as the roster records it; feeds the fairness report and nothing else.
public enum Sex: String, Category {
    case male, female

    public var chinese: String {
        switch self {
        case .male: "男"
        case .female: "女"
        }
    }
}

/// Whether a cadre is in service.
public enum ServiceStatus: String, Category {
    case active, suspended, retired, left

    public var chinese: String {
        switch self {
        case .active: "在职"
        case .suspended: "停职"
        case .retired: "退休"
        case .left: "离职"
        }
    }
}

/// Kind of approved absence; only the long ones leave the exposure (method, section 6).
public enum LeaveKind: String, Category {
    case sick, maternity, secondment, annual, personal

    public var chinese: String {
        switch self {
        case .sick: "病假"
        case .maternity: "产假"
        case .secondment: "借调"
        case .annual: "年休假"
        case .personal: "事假"
        }
    }
}

/// Front-line work that cadres are sent to (攻坚一线).
public enum FrontlineKind: String, Category {
    case frontline, keyProject, inspection, stabilityAndPetitions

    public var chinese: String {
        switch self {
        case .frontline: "攻坚一线"
        case .keyProject: "重点工程"
        case .inspection: "巡察"
        case .stabilityAndPetitions: "涉稳涉访"
        }
    }
}
