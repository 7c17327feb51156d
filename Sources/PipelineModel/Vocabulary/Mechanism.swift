/// The six mechanisms of the opinion, and the organisation that holds them together.
public enum Mechanism: String, Category {
    case education, selection, appraisal, faultTolerance, clarification, care, organisation

    public var chinese: String {
        switch self {
        case .education: "教育培养"
        case .selection: "选拔任用"
        case .appraisal: "考核评价"
        case .faultTolerance: "容错纠错"
        case .clarification: "澄清保护"
        case .care: "关心关爱"
        case .organisation: "组织保障"
        }
    }
}
