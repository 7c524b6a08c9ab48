//! Where the services of a cloud are.

/// A cloud of Microsoft's with its own Microsoft Graph and its own Microsoft Entra ID: accounts of one are unknown in the
/// others.
///
/// [`ClientBuilder::cloud`](crate::ClientBuilder::cloud) and
/// [`ClientCredentialsBuilder::cloud`](crate::ClientCredentialsBuilder::cloud) take it. The addresses are those of
/// Microsoft's documentation of [national clouds](https://learn.microsoft.com/graph/deployments).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cloud {
    /// The worldwide cloud.
    #[default]
    Global,
    /// For the government of the United States, L4 (GCC High).
    UsGovernment,
    /// For the government of the United States, L5 (Department of Defense).
    UsGovernmentDod,
    /// In China, operated by 21Vianet.
    China,
}

impl Cloud {
    /// The address of Microsoft Graph, without a version: what [`base_url`](crate::ClientBuilder::base_url) takes.
    #[must_use]
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Global => "https://graph.microsoft.com",
            Self::UsGovernment => "https://graph.microsoft.us",
            Self::UsGovernmentDod => "https://dod-graph.microsoft.us",
            Self::China => "https://microsoftgraph.chinacloudapi.cn",
        }
    }

    /// The scope of all that an application was granted in Microsoft Graph: what [`scopes`](crate::ClientBuilder::scopes)
    /// takes.
    #[must_use]
    pub const fn scope(self) -> &'static str {
        match self {
            Self::Global => "https://graph.microsoft.com/.default",
            Self::UsGovernment => "https://graph.microsoft.us/.default",
            Self::UsGovernmentDod => "https://dod-graph.microsoft.us/.default",
            Self::China => "https://microsoftgraph.chinacloudapi.cn/.default",
        }
    }

    /// The address of Microsoft Entra ID, where tokens are issued, without a tenant.
    #[must_use]
    pub const fn authority(self) -> &'static str {
        match self {
            Self::Global => "https://login.microsoftonline.com",
            Self::UsGovernment | Self::UsGovernmentDod => "https://login.microsoftonline.us",
            Self::China => "https://login.partner.microsoftonline.cn",
        }
    }
}
