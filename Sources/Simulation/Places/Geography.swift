/// Wenzhou's counties and districts, and the names that bodies under them go by.
///
/// Counties and codes are real (GB/T 2260); townships, universities and enterprises are made up, so that no made-up record speaks of a real one.
enum Geography {
    /// One county-level division.
    struct County: Sendable {
        let code: String
        let name: String
        /// Districts (区) have sub-districts (街道); others mostly towns and townships.
        let isDistrict: Bool
        /// 0 none to 5 hardest.
        let hardship: Int
    }

    static let cityCode = "330300"

    static let counties: [County] = [
        County(code: "330302", name: "鹿城区", isDistrict: true, hardship: 0), County(code: "330303", name: "龙湾区", isDistrict: true, hardship: 0),
        County(code: "330304", name: "瓯海区", isDistrict: true, hardship: 0), County(code: "330305", name: "洞头区", isDistrict: true, hardship: 2),
        County(code: "330324", name: "永嘉县", isDistrict: false, hardship: 1), County(code: "330326", name: "平阳县", isDistrict: false, hardship: 1),
        County(code: "330327", name: "苍南县", isDistrict: false, hardship: 1), County(code: "330328", name: "文成县", isDistrict: false, hardship: 3),
        County(code: "330329", name: "泰顺县", isDistrict: false, hardship: 3), County(code: "330381", name: "瑞安市", isDistrict: false, hardship: 0),
        County(code: "330382", name: "乐清市", isDistrict: false, hardship: 0), County(code: "330383", name: "龙港市", isDistrict: false, hardship: 0),
    ]

    private static let firstCharacters = Array("望清云松石金白青大南东西上下新平").map(String.init)
    private static let secondCharacters = Array("江溪桥岭湖山浦塘岩田").map(String.init)

    /// The `ordinal`-th township of a county; different for every ordinal under 160.
    static func township(_ ordinal: Int, county: Int) -> String {
        let place = (ordinal * 37 + county * 11) % (firstCharacters.count * secondCharacters.count)
        let name = firstCharacters[place % firstCharacters.count] + secondCharacters[place / firstCharacters.count]
        if counties[county].isDistrict { return name + (ordinal % 4 == 3 ? "镇" : "街道") }
        return name + (ordinal % 3 == 2 ? "乡" : ordinal % 5 == 0 ? "街道" : "镇")
    }

    static let countyBureaus = [
        "发展和改革局", "财政局", "教育局", "自然资源局", "住房和城乡建设局", "交通运输局", "农业农村局", "水利局", "文化广电旅游局", "卫生健康局", "市场监督管理局", "综合行政执法局",
        "应急管理局", "审计局", "统计局", "人力资源和社会保障局", "民政局", "司法局", "商务局", "科学技术局", "信访局", "医疗保障局", "退役军人事务局", "经济和信息化局",
    ]

    static let municipalOrgans = [
        "发展和改革委员会", "市场监督管理局", "自然资源和规划局", "住房和城乡建设局", "综合行政执法局", "交通运输局", "生态环境局", "教育局", "财政局", "卫生健康委员会", "农业农村局", "水利局",
        "经济和信息化局", "科学技术局", "人力资源和社会保障局", "商务局", "文化广电旅游局", "应急管理局", "审计局", "统计局", "民政局", "司法局", "信访局", "医疗保障局", "体育局",
        "退役军人事务局", "大数据发展管理局", "海洋与渔业局", "金融工作办公室", "投资促进局",
    ]

    static let universities = ["瓯越大学", "东瓯医科大学", "瓯江职业技术学院", "雁山工贸学院", "楠溪师范学院", "飞云科技职业学院", "鳌江商学院", "瓯海湾艺术学院"]

    static let enterprises = [
        "瓯越城市建设投资集团", "东瓯交通运输集团", "雁山文化旅游集团", "瓯江水务集团", "楠溪粮食集团", "飞云现代农业投资集团", "鳌江港口集团", "瓯越国有资本运营公司", "东瓯公共交通集团",
        "雁山能源集团", "瓯江铁路投资集团", "楠溪机场发展公司", "飞云数据科技公司", "鳌江环境发展集团", "瓯越人才发展集团",
    ]
}
