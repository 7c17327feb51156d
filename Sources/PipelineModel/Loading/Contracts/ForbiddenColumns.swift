/// Words in the names of columns that must never be read: guard rails 2 and 3.
enum ForbiddenColumns {
    /// What a name speaks of that must stay out.
    enum Subject: Sendable {
        /// Private life, family, health, beliefs, social contacts, communications.
        case privateLife
        /// Whoever petitioned, and what they wrote.
        case petitioner
    }

    /// Why a column of this name must not be mapped; `nil` where it may.
    ///
    /// Chinese words count wherever they stand in the name, English ones as whole words: `health_status`, `healthStatus` and `Health Status` are one.
    static func word(in name: String, role: SourceRole) -> (word: String, subject: Subject)? {
        let squeezed = Array(name.lowercased().unicodeScalars.filter { !$0.properties.isWhitespace })
        let words = englishWords(of: name)
        func chinese(_ listed: [String], unlessAfter excuse: Unicode.Scalar? = nil) -> String? {
            listed.first { stands($0, in: squeezed, unlessAfter: excuse) }
        }
        func english(_ listed: [String]) -> String? { words.isEmpty ? nil : listed.first { phrase($0, standsIn: words) } }
        if let word = chinese(privateLifeChinese) ?? english(privateLifeEnglish) { return (word, .privateLife) }
        guard role == .petitions else { return nil }
        // 举报人, but not 被举报人.
        if let word = chinese(petitionerChinese, unlessAfter: "被") { return (word, .petitioner) }
        if !squeezed.contains("被"), let word = chinese(contactChinese) { return (word, .petitioner) }
        return english(petitionerEnglish).map { ($0, .petitioner) }
    }

    static let privateLifeChinese = [
        "配偶", "夫妻", "丈夫", "妻子", "子女", "儿子", "女儿", "父母", "父亲", "母亲", "岳父", "岳母", "家庭", "家属", "亲属", "亲戚", "婚姻", "婚育", "离婚", "生育", "恋爱",
        "私生活", "宗教", "信仰", "健康", "病史", "疾病", "病情", "患病", "诊断", "病历", "体检", "就医", "就诊", "用药", "残疾", "通话", "通讯", "话单", "短信", "微信", "聊天",
        "朋友圈", "微博", "邮件", "社交", "社会关系", "社会交往", "人脉", "行踪", "轨迹", "指纹", "人脸", "基因",
    ]

    static let privateLifeEnglish = [
        "spouse", "husband", "wife", "marital", "marriage", "married", "divorce", "divorced", "children", "child", "son", "daughter", "parents", "father",
        "mother", "siblings", "relatives", "family", "household", "pregnancy", "pregnant", "private life", "religion", "religious", "belief", "beliefs",
        "faith", "health", "medical", "disease", "illness", "diagnosis", "disability", "mental health", "phone records", "call records", "call log", "calls",
        "sms",
        "wechat", "weibo", "chat", "chats", "email content", "messages", "social", "friends", "contacts", "geolocation", "location history", "fingerprint",
        "genetic",
    ]

    static let petitionerChinese = [
        "信访人", "信访者", "举报人", "举报者", "来访人", "来访者", "来信人", "上访人", "上访者", "投诉人", "投诉者", "反映人", "反映者", "检举人", "控告人", "申诉人", "申请人", "诉求人",
        "留言人", "留言者", "反映内容", "反映问题", "反映情况", "信访内容", "举报内容", "投诉内容", "留言内容", "来信内容", "诉求内容", "留言主题", "留言详情",
    ]

    /// Whose number or address it is, a name with 被 (of whom it is about) says; any other must be taken for the petitioner's.
    static let contactChinese = ["电话", "手机", "身份证", "证件号", "地址", "住址", "邮箱"]

    static let petitionerEnglish = [
        "petitioner", "petitioners", "complainant", "complainants", "complainer", "informant", "informer", "whistleblower", "whistle blower", "sender",
        "visitor",
        "reporter", "petition text", "petition content", "complaint text", "complaint content", "phone", "telephone", "mobile", "address", "email", "id number",
    ]

    /// Whether a word stands in a name, at a place with no excuse right before it.
    ///
    /// By scalars: a search that compares characters takes a sixth of a second for the columns of all contracts.
    private static func stands(_ word: String, in name: [Unicode.Scalar], unlessAfter excuse: Unicode.Scalar?) -> Bool {
        guard let first = word.unicodeScalars.first else { return false }
        return name.indices.contains { start in
            name[start] == first && name[start...].starts(with: word.unicodeScalars) && (start == 0 || name[start - 1] != excuse)
        }
    }

    private static func phrase(_ phrase: String, standsIn words: [String]) -> Bool {
        let parts = phrase.split(separator: " ").map(String.init)
        guard words.count >= parts.count else { return false }
        return (0...words.count - parts.count).contains { Array(words[$0..<$0 + parts.count]) == parts }
    }

    /// The ASCII words of a name, in lower case, cut at everything else and where a capital follows a small letter.
    private static func englishWords(of name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var previous: Character?
        for character in name {
            let isLetter = character.isASCII && character.isLetter
            if !isLetter || (character.isUppercase && previous?.isLowercase == true) {
                if !word.isEmpty { words.append(word) }
                word = ""
            }
            if isLetter { word += character.lowercased() }
            previous = character
        }
        return word.isEmpty ? words : words + [word]
    }
}
