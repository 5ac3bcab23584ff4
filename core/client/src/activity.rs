//! A client for one activity.
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{ALL, Body, Intervals, JsonMap, Reply, Result, lenient};

/// A client for one activity. Its methods are the requests for the activity.
#[derive(Clone)]
pub struct Activity {
    pub(crate) client: Intervals,
    pub(crate) id: String,
}

impl Intervals {
    /// A client for the activity with this id, such as `i12345`.
    pub fn activity(&self, id: impl Into<String>) -> Activity {
        Activity { client: self.clone(), id: id.into() }
    }
}

impl Activity {
    /// The id used in paths.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The client of the account.
    pub fn client(&self) -> &Intervals {
        &self.client
    }

    /// `GET /activity/{id}`. A client [for one call](Intervals::for_one_call) sends it once.
    pub async fn get<R: DeserializeOwned>(&self) -> Result<R> {
        self.client.get(&self.path(&[]), ALL).await
    }

    /// Like [`get`](Self::get), with the JSON of the service.
    pub async fn get_with_raw<R: DeserializeOwned>(&self) -> Result<(R, Value)> {
        self.client.get_with_raw(&self.path(&[])).await
    }

    /// `PUT /activity/{id}`: changes the given fields. -1 clears a number, "" a text; null changes nothing.
    pub async fn update<R: DeserializeOwned>(&self, fields: JsonMap) -> Result<R> {
        self.client.put(&self.path(&[]), ALL, Body::Json(fields.into())).await
    }

    /// `DELETE /activity/{id}`: deletes the activity permanently.
    pub async fn delete(&self) -> Result<()> {
        let _: Value = self.client.delete(&self.path(&[]), ALL).await?;
        Ok(())
    }

    /// `GET /activity/{id}/file`: the uploaded file, often gzipped. 404 for a manual activity.
    pub async fn file(&self) -> Result<Reply> {
        self.client.file(&self.path(&["file"]), ALL).await
    }

    /// `GET /activity/{id}/fit-file`: a FIT file made by the service. `power` and `hr` include these streams.
    pub async fn fit_file(&self, power: bool, hr: bool) -> Result<Reply> {
        self.client.file(&self.path(&["fit-file"]), &[("power", power), ("hr", hr)]).await
    }

    /// `GET /activity/{id}/gpx-file`: a GPX file made by the service, for activities with GPS.
    pub async fn gpx_file(&self, power: bool, hr: bool) -> Result<Reply> {
        self.client.file(&self.path(&["gpx-file"]), &[("power", power), ("hr", hr)]).await
    }

    /// `PUT /activity/{id}/streams`: replaces streams, given as an array of `{type, data}`.
    pub async fn update_streams(&self, streams: Value) -> Result<UpdatedStreams> {
        self.client.put(&self.path(&["streams"]), ALL, Body::Json(streams)).await
    }

    /// `PUT /activity/{id}/streams.csv`: replaces streams, given as a column per stream with the names of the service's CSV.
    pub async fn update_streams_csv(&self, csv: String) -> Result<UpdatedStreams> {
        let file = Body::File { name: "streams.csv".into(), data: csv.into_bytes() };
        self.client.put(&self.path(&["streams.csv"]), ALL, file).await
    }

    pub(crate) fn path<'a>(&'a self, rest: &[&'a str]) -> Vec<&'a str> {
        [&["activity", self.id.as_str()], rest].concat()
    }
}

/// The result of an upload of streams.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct UpdatedStreams {
    /// The streams that were replaced or added.
    #[serde(deserialize_with = "lenient::list")]
    pub updated: Vec<String>,
    /// The streams that were removed.
    #[serde(deserialize_with = "lenient::list")]
    pub deleted: Vec<String>,
}
