import PipelineModel
import Tables

extension TextEncodingName {
    /// What a reader is told.
    var forReading: TextEncoding {
        switch self {
        case .utf8: .utf8
        case .utf8WithMark: .utf8WithMark
        case .gb18030: .gb18030
        case .auto: .auto
        }
    }
}

extension TextEncoding {
    /// As accounts of files have it.
    var name: String {
        switch self {
        case .utf8, .auto: "utf-8"
        case .utf8WithMark: "utf-8-bom"
        case .gb18030: "gb18030"
        }
    }
}
