// The system's Expat, found at run time. Rules: expat.h; built with XML_Char = char (UTF-8), its default.
import CShims
import PyPlatform

typealias XMLParser = UnsafeMutableRawPointer
typealias XMLText = UnsafePointer<CChar>
typealias XMLUserData = UnsafeMutableRawPointer

/// The functions of Expat that are no handler setters.
struct ExpatLibrary: Sendable {
    let version: String
    let numbers: (major: Int, minor: Int, micro: Int)
    let create: @convention(c) (XMLText?, UnsafeRawPointer?, XMLText?) -> XMLParser?
    let createExternal: @convention(c) (XMLParser, XMLText?, XMLText?) -> XMLParser?
    let free: @convention(c) (XMLParser) -> Void
    let parse: @convention(c) (XMLParser, UnsafePointer<UInt8>?, Int32, Int32) -> Int32
    let setUserData: @convention(c) (XMLParser, XMLUserData?) -> Void
    let setEncoding: @convention(c) (XMLParser, XMLText?) -> Int32
    let setBase: @convention(c) (XMLParser, XMLText?) -> Int32
    let base: @convention(c) (XMLParser) -> XMLText?
    let inputContext: @convention(c) (XMLParser, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>) -> UnsafePointer<UInt8>?
    let setParamEntityParsing: @convention(c) (XMLParser, Int32) -> Int32
    let useForeignDTD: @convention(c) (XMLParser, UInt8) -> Int32
    let setReturnNSTriplet: @convention(c) (XMLParser, Int32) -> Void
    let errorCode: @convention(c) (XMLParser) -> Int32
    let errorString: @convention(c) (Int32) -> XMLText?
    let line: @convention(c) (XMLParser) -> UInt
    let column: @convention(c) (XMLParser) -> UInt
    let byteIndex: @convention(c) (XMLParser) -> Int
    let specifiedAttributeCount: @convention(c) (XMLParser) -> Int32
    let freeContentModel: @convention(c) (XMLParser, UnsafeMutablePointer<taipan_xml_content>) -> Void
    let features: @convention(c) () -> UnsafePointer<taipan_xml_feature>?
    let setUnknownEncoding: @convention(c) (XMLParser, UnsafeRawPointer?, XMLUserData?) -> Void
    /// `XML_Set…Handler`, by `ExpatHandler.rawValue`: each takes the parser and a function of its own type.
    let setters: [@convention(c) (XMLParser, UnsafeRawPointer?) -> Void]

    /// nil where the system has no Expat.
    static let shared = ExpatLibrary()

    private init?() {
        guard let library = DynamicLibrary(["libexpat.so.1", "libexpat.so"]) else { return nil }
        func find<F>(_ name: String) -> F? { library.function(name, as: F.self) }
        guard let versionInfo: @convention(c) () -> taipan_xml_version = find("XML_ExpatVersionInfo"),
            let versionText: @convention(c) () -> XMLText? = find("XML_ExpatVersion"), let text = versionText(),
            let create: @convention(c) (XMLText?, UnsafeRawPointer?, XMLText?) -> XMLParser? = find("XML_ParserCreate_MM"),
            let createExternal: @convention(c) (XMLParser, XMLText?, XMLText?) -> XMLParser? = find("XML_ExternalEntityParserCreate"),
            let free: @convention(c) (XMLParser) -> Void = find("XML_ParserFree"),
            let parse: @convention(c) (XMLParser, UnsafePointer<UInt8>?, Int32, Int32) -> Int32 = find("XML_Parse"),
            let setUserData: @convention(c) (XMLParser, XMLUserData?) -> Void = find("XML_SetUserData"),
            let setEncoding: @convention(c) (XMLParser, XMLText?) -> Int32 = find("XML_SetEncoding"),
            let setBase: @convention(c) (XMLParser, XMLText?) -> Int32 = find("XML_SetBase"),
            let base: @convention(c) (XMLParser) -> XMLText? = find("XML_GetBase"),
            let inputContext: @convention(c) (XMLParser, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>) -> UnsafePointer<UInt8>? =
                find("XML_GetInputContext"),
            let setParamEntityParsing: @convention(c) (XMLParser, Int32) -> Int32 = find("XML_SetParamEntityParsing"),
            let useForeignDTD: @convention(c) (XMLParser, UInt8) -> Int32 = find("XML_UseForeignDTD"),
            let setReturnNSTriplet: @convention(c) (XMLParser, Int32) -> Void = find("XML_SetReturnNSTriplet"),
            let errorCode: @convention(c) (XMLParser) -> Int32 = find("XML_GetErrorCode"),
            let errorString: @convention(c) (Int32) -> XMLText? = find("XML_ErrorString"),
            let line: @convention(c) (XMLParser) -> UInt = find("XML_GetCurrentLineNumber"),
            let column: @convention(c) (XMLParser) -> UInt = find("XML_GetCurrentColumnNumber"),
            let byteIndex: @convention(c) (XMLParser) -> Int = find("XML_GetCurrentByteIndex"),
            let specified: @convention(c) (XMLParser) -> Int32 = find("XML_GetSpecifiedAttributeCount"),
            let freeContentModel: @convention(c) (XMLParser, UnsafeMutablePointer<taipan_xml_content>) -> Void = find("XML_FreeContentModel"),
            let features: @convention(c) () -> UnsafePointer<taipan_xml_feature>? = find("XML_GetFeatureList"),
            let setUnknownEncoding: @convention(c) (XMLParser, UnsafeRawPointer?, XMLUserData?) -> Void = find("XML_SetUnknownEncodingHandler")
        else { return nil }
        var setters: [@convention(c) (XMLParser, UnsafeRawPointer?) -> Void] = []
        for handler in ExpatHandler.allCases {
            guard let setter: @convention(c) (XMLParser, UnsafeRawPointer?) -> Void = find("XML_Set\(handler.librarySetter)") else { return nil }
            setters.append(setter)
        }
        let info = versionInfo()
        version = String(cString: text)
        numbers = (Int(info.major), Int(info.minor), Int(info.micro))
        self.create = create
        self.createExternal = createExternal
        self.free = free
        self.parse = parse
        self.setUserData = setUserData
        self.setEncoding = setEncoding
        self.setBase = setBase
        self.base = base
        self.inputContext = inputContext
        self.setParamEntityParsing = setParamEntityParsing
        self.useForeignDTD = useForeignDTD
        self.setReturnNSTriplet = setReturnNSTriplet
        self.errorCode = errorCode
        self.errorString = errorString
        self.line = line
        self.column = column
        self.byteIndex = byteIndex
        specifiedAttributeCount = specified
        self.freeContentModel = freeContentModel
        self.features = features
        self.setUnknownEncoding = setUnknownEncoding
        self.setters = setters
    }
}

/// What a document is made of, as handlers hear of it.
enum ExpatHandler: Int, CaseIterable {
    case startElement, endElement, processingInstruction, characterData, unparsedEntityDecl, notationDecl
    case startNamespaceDecl, endNamespaceDecl, comment, startCdataSection, endCdataSection, defaultText, defaultTextExpand
    case notStandalone, externalEntityRef, startDoctypeDecl, endDoctypeDecl, entityDecl, xmlDecl, elementDecl, attlistDecl, skippedEntity

    /// The name of the library's setter after `XML_Set`.
    var librarySetter: String {
        switch self {
        case .startElement: "StartElementHandler"
        case .endElement: "EndElementHandler"
        case .processingInstruction: "ProcessingInstructionHandler"
        case .characterData: "CharacterDataHandler"
        case .unparsedEntityDecl: "UnparsedEntityDeclHandler"
        case .notationDecl: "NotationDeclHandler"
        case .startNamespaceDecl: "StartNamespaceDeclHandler"
        case .endNamespaceDecl: "EndNamespaceDeclHandler"
        case .comment: "CommentHandler"
        case .startCdataSection: "StartCdataSectionHandler"
        case .endCdataSection: "EndCdataSectionHandler"
        case .defaultText: "DefaultHandler"
        case .defaultTextExpand: "DefaultHandlerExpand"
        case .notStandalone: "NotStandaloneHandler"
        case .externalEntityRef: "ExternalEntityRefHandler"
        case .startDoctypeDecl: "StartDoctypeDeclHandler"
        case .endDoctypeDecl: "EndDoctypeDeclHandler"
        case .entityDecl: "EntityDeclHandler"
        case .xmlDecl: "XmlDeclHandler"
        case .elementDecl: "ElementDeclHandler"
        case .attlistDecl: "AttlistDeclHandler"
        case .skippedEntity: "SkippedEntityHandler"
        }
    }
}
