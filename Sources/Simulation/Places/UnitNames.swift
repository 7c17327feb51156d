/// What people call a unit beside its name: short forms, and what it was called before it was renamed.
enum UnitNames {
    /// Short forms that everybody uses; the first that fits is taken.
    private static let shortForms = [
        ("发展和改革委员会", "发改委"), ("发展和改革局", "发改局"), ("市场监督管理局", "市监局"), ("自然资源和规划局", "资规局"), ("住房和城乡建设局", "住建局"),
        ("综合行政执法局", "执法局"), ("卫生健康委员会", "卫健委"), ("卫生健康局", "卫健局"), ("农业农村局", "农业局"), ("经济和信息化局", "经信局"),
        ("人力资源和社会保障局", "人社局"), ("文化广电旅游局", "文旅局"), ("交通运输局", "交通局"), ("应急管理局", "应急局"), ("医疗保障局", "医保局"),
        ("退役军人事务局", "退役军人局"), ("城市建设投资集团", "城投"), ("交通运输集团", "交运"), ("文化旅游集团", "文旅"), ("现代农业投资集团", "农投"),
        ("铁路投资集团", "铁投"), ("国有资本运营公司", "国资公司"), ("职业技术学院", "职院"), ("科技职业学院", "科职院"), ("医科大学", "医大"), ("师范学院", "师院"),
    ]

    /// What a reform renamed; the first that fits is taken.
    private static let renamed = [
        ("市场监督管理局", "工商行政管理局"), ("自然资源和规划局", "国土资源局"), ("自然资源局", "国土资源局"), ("综合行政执法局", "城市管理行政执法局"),
        ("文化广电旅游局", "文化广电新闻出版局"), ("卫生健康委员会", "卫生和计划生育委员会"), ("卫生健康局", "卫生和计划生育局"), ("农业农村局", "农业局"),
        ("应急管理局", "安全生产监督管理局"), ("经济和信息化局", "经济和信息化委员会"), ("生态环境局", "环境保护局"), ("商务局", "对外贸易经济合作局"),
        ("海洋与渔业局", "水产局"), ("投资促进局", "招商局"), ("公共交通集团", "公共交通总公司"), ("能源集团", "电力公司"), ("职业技术学院", "职业学院"),
    ]

    /// Other names of a unit; a municipal body goes by its name without the city, a township by its own without the county.
    static func aliases(_ name: String, county: String?) -> [String] {
        var aliases: [String] = []
        if let county, name != county, name.hasPrefix(county), name.hasSuffix("街道") || name.hasSuffix("镇") || name.hasSuffix("乡") {
            aliases.append(String(name.dropFirst(county.count)))
        }
        let short = replaced(name, shortForms)
        if let short { aliases.append(short) }
        if name.hasPrefix("温州市"), name != "温州市" { aliases.append(String((short ?? name).dropFirst(2))) }
        return aliases
    }

    /// The name before the unit was renamed; `nil` where it never was. Some sub-districts were towns.
    static func formerName(_ name: String, ordinal: Int) -> String? {
        if name.hasSuffix("街道"), ordinal % 3 == 0 { return String(name.dropLast(2)) + "镇" }
        return replaced(name, renamed)
    }

    private static func replaced(_ name: String, _ forms: [(String, String)]) -> String? {
        forms.first { name.hasSuffix($0.0) }.map { String(name.dropLast($0.0.count)) + $0.1 }
    }
}
