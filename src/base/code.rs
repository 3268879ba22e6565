//! The name and the severity of everything that may be said of a guide.

use std::fmt;

use strum::{EnumString, IntoStaticStr, VariantArray};

use super::Severity;

/// What is wrong, by its short stable name. `manual/content/mistakes/NAME.md` says what each means, and `betwixt explain`
/// prints it. In the order of the names.
#[expect(missing_docs, reason = "each has its page in the manual")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, IntoStaticStr, EnumString, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Code {
    ActiveAsset,
    ActiveFile,
    AlmostFrontMatter,
    AmbiguousRelated,
    AmbiguousWiki,
    BadAddress,
    BadAssetName,
    BadFileName,
    BadFolder,
    BadOutput,
    BadPeriod,
    BadPublishedName,
    BadSlug,
    BadTag,
    BaseUrl,
    BehindValue,
    Bibtex,
    BlankConfiguration,
    BrokenConfiguration,
    BrokenFrontMatter,
    BrokenHeading,
    BrokenTemplate,
    BrokenThemeFile,
    CalloutForm,
    CitationForm,
    ColonInText,
    ConflictMark,
    ControlCharacter,
    ControlInValue,
    CurlyQuotes,
    CutShort,
    DaysOutOfOrder,
    DeepNesting,
    DuplicateFootnote,
    DuplicateId,
    DuplicateKey,
    EmptyLink,
    EmptyPage,
    EmptySetting,
    EmptyValue,
    EndlessTemplate,
    EntryTwice,
    ExampleAddress,
    ExampleWords,
    ExtendsItself,
    ExternalClosed,
    ExternalDoubtful,
    ExternalGone,
    ExternalImage,
    ExternalMoved,
    ExternalNear,
    ExternalOffline,
    ExternalUnreadable,
    FieldMarkup,
    FileAndFolder,
    FixedAddress,
    ForeignAsset,
    ForeignMarkup,
    HardToRead,
    HeadingAttribute,
    HeadingOne,
    HeadingSkip,
    HyphenTooMany,
    IdleSetting,
    IgnoredError,
    ImageAlt,
    ImportCircle,
    InnerQuotes,
    KeyBelow,
    KeyNotText,
    KeyTooDeep,
    KeyWithoutColon,
    LeftOver,
    LikeACitation,
    LikeAComment,
    LikeAFootnote,
    LikeAHeading,
    LikeALink,
    LikeAList,
    LikeAPage,
    LikeATable,
    LinkOutside,
    LinkScheme,
    LinkWords,
    LinkedDraft,
    ListMark,
    LoadedWord,
    LoneBackslash,
    LongChecklistCode,
    LongDescription,
    LongFrontMatter,
    LongSentence,
    MailAddress,
    MergeKey,
    MisplacedSetting,
    MissingComma,
    MissingDimensions,
    MissingEquals,
    MissingExcerpt,
    MissingField,
    MissingFolder,
    MissingHome,
    MissingQuotes,
    MissingSafety,
    MissingSetting,
    MissingTemplate,
    MissingTitle,
    MissingTo,
    MissingWhy,
    MissingWords,
    MovedSite,
    NameClash,
    NameTaken,
    NoAddress,
    NoColon,
    NoConfiguration,
    NoContent,
    NoFirstFence,
    NoFrontMatter,
    NoHelpPage,
    NoPageName,
    NoPolicy,
    NoRedirectTemplate,
    NoReferences,
    NoSafetyNote,
    NoSuchDate,
    NoTemplate,
    NoValue,
    NotAMap,
    NotAPage,
    NotAPicture,
    NotFoundPage,
    NotText,
    OddName,
    OddQuotes,
    OddSpace,
    OldAddress,
    OpenComment,
    OpenFence,
    OpenStrong,
    Orphan,
    OtherNotation,
    OutOfBounds,
    OwnAlias,
    PageAsPicture,
    PeopleInOne,
    Placeholder,
    QuoteInQuotes,
    RawHtml,
    ReferenceAddress,
    ReferenceEmptyField,
    ReferenceFieldTwice,
    ReferenceKey,
    ReferenceTwice,
    ReferenceType,
    ReferenceValue,
    ReferenceWithoutFields,
    ReferenceWithoutName,
    ReferenceWithoutType,
    ReferencesFile,
    ReferencesShape,
    ReferencesTooBig,
    RelatedDraft,
    RelatedToItself,
    ReservedId,
    RetractedSource,
    RunningAddress,
    SameAddress,
    SameDescription,
    SameStatement,
    SameTitle,
    SameValue,
    SameWhy,
    SettingTwice,
    SignAtStart,
    SkippedAddress,
    SpaceAfterColon,
    StaleReview,
    StrayLine,
    TabIndent,
    TableCell,
    TemplateCircle,
    TemplateFailed,
    ThemeNotText,
    TooFew,
    TooFewInverse,
    TooLarge,
    TooManyWords,
    TwoChoices,
    TwoEndings,
    TwoOrders,
    TwoSettings,
    Unclosed,
    UnclosedBracket,
    UnclosedFrontMatter,
    UnclosedQuote,
    UnfitField,
    UnfitTemplate,
    UnjoinedUrlLock,
    UnknownAccent,
    UnknownAddress,
    UnknownAnchor,
    UnknownAsset,
    UnknownCallout,
    UnknownChoice,
    UnknownCode,
    UnknownEntryKey,
    UnknownField,
    UnknownFile,
    UnknownFootnote,
    UnknownKey,
    UnknownKind,
    UnknownLanguage,
    UnknownPage,
    UnknownReference,
    UnknownReferenceField,
    UnknownRelated,
    UnknownSetting,
    UnknownSource,
    UnknownStyle,
    UnknownTemplate,
    UnknownTheme,
    UnknownThemeKey,
    UnknownType,
    UnknownWiki,
    UnknownWord,
    UnnamedFile,
    UnreadUrlLock,
    UnreadableConfiguration,
    UnreadableFile,
    UnreadableFolder,
    UnreadablePage,
    UnreadableThemeFile,
    UnseenSign,
    UnusedFootnote,
    UnusedIgnore,
    UnusedReference,
    VanishedAddress,
    VanishedAnchor,
    WeightRange,
    WhyRepeatsTitle,
    WrongFolder,
    WrongIndent,
    WrongNumber,
    WrongRemark,
    WrongSetting,
    WrongTruth,
    WrongValue,
}

impl Code {
    /// Its name, such as `unknown-page`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// All codes, in the order of their names.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::VARIANTS.iter().copied()
    }

    /// How much it weighs.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::HardToRead | Self::LoadedWord | Self::LongSentence => Severity::Advice,
            Self::ExampleAddress
            | Self::ExampleWords
            | Self::ExternalClosed
            | Self::ExternalDoubtful
            | Self::ExternalMoved
            | Self::ExternalNear
            | Self::ExternalOffline
            | Self::HeadingOne
            | Self::HeadingSkip
            | Self::ImageAlt
            | Self::LeftOver
            | Self::LikeACitation
            | Self::LikeAFootnote
            | Self::LikeAHeading
            | Self::LikeALink
            | Self::LikeAList
            | Self::LikeATable
            | Self::LinkWords
            | Self::LongChecklistCode
            | Self::LongDescription
            | Self::MissingDimensions
            | Self::MissingExcerpt
            | Self::MovedSite
            | Self::OldAddress
            | Self::OpenStrong
            | Self::Orphan
            | Self::PeopleInOne
            | Self::SameDescription
            | Self::SameStatement
            | Self::SameTitle
            | Self::SameWhy
            | Self::StaleReview
            | Self::TwoEndings
            | Self::UnknownCallout
            | Self::UnknownReference
            | Self::UnnamedFile
            | Self::UnusedFootnote
            | Self::UnusedIgnore
            | Self::UnusedReference
            | Self::WhyRepeatsTitle => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// What has to be asked for it.
    #[must_use]
    pub fn occasion(self) -> Occasion {
        match self {
            Self::ExampleAddress
            | Self::ExampleWords
            | Self::ExternalClosed
            | Self::ExternalDoubtful
            | Self::ExternalMoved
            | Self::ExternalNear
            | Self::ExternalOffline
            | Self::StaleReview
            | Self::UnusedIgnore => Occasion::Chance,
            _ if self.severity() == Severity::Advice => Occasion::Advice,
            _ => Occasion::Build,
        }
    }

    /// Those that an author may ignore, or count as errors: warnings and advice.
    pub fn choosable() -> impl Iterator<Item = Self> {
        Self::all().filter(|code| code.severity() != Severity::Error)
    }
}

/// What has to be asked for a complaint to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// Each build asks.
    Build,
    /// Only advice asks, which `betwixt check` gives.
    Advice,
    /// The day, another site, another complaint or what is to be published decides: without an edit it comes and goes.
    Chance,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_in_the_order_of_their_names_and_are_found_by_them() {
        assert!(Code::all().is_sorted_by_key(Code::name));
        assert!(Code::all().all(|code| code.name().parse() == Ok(code)));
    }
}
